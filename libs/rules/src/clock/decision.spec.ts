import { judgeCase, verdictAt, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: the clocks that begin with the acceptance, at the edges of their limits. */
function clockOf(
  theCase: CaseBuilder,
  item: Record<string, unknown>,
  clock: string,
  when: number,
  switches: Record<string, unknown> = {},
): ClockVerdict | undefined {
  const book = bookOf({ A: { name: '事项', ...item } }, switches);
  const { clocks } = verdictAt(judgeCase('C-1', theCase.events, book), when);
  return clocks.find((one) => one.clock === clock);
}

const accepted = (when = '2026-09-14 10:00'): CaseBuilder => aCase('A').accepted(when);

describe('the clock of forwarding', () => {
  const item = { class: 'forwarded', promise: 'none' };

  it('has twenty working days, and the case has no statutory limit of its own', () => {
    const when = at('2026-09-14 10:00');
    expect(clockOf(accepted(), item, 'forwarding', when)).toMatchObject({ dueAt: at('2026-10-17') - 1 });
    expect(clockOf(accepted(), item, 'statutory', when)).toBeUndefined();
    expect(clockOf(accepted(), { promise: 'none' }, 'forwarding', when)).toBeUndefined();
  });

  it('ends in time at the due instant, and late a millisecond after', () => {
    const forwarded = (plus: number): CaseBuilder =>
      accepted().event('case.forwarded', at('2026-10-17') - 1 + plus);
    expect(clockOf(forwarded(0), item, 'forwarding', at('2026-12-01'))).toMatchObject({ light: 'green' });
    expect(clockOf(forwarded(1), item, 'forwarding', at('2026-12-01'))).toMatchObject({ light: 'red' });
  });

  it('is moved by suspensions, and by no extension', () => {
    const moved = accepted()
      .suspended('2026-09-15 10:00')
      .resumed('2026-09-16 10:00')
      .extended('2026-09-17 10:00', { days: 5, approver: '王局长', notice: '告知 1 号' });
    expect(clockOf(moved, item, 'forwarding', at('2026-09-18'))).toMatchObject({
      dueAt: at('2026-10-20') - 1,
    });
  });
});

describe('the clock of inspection', () => {
  const item = { promise: 'none', inspection: '5wd' };
  const assigned = (theCase: CaseBuilder, when: string, inspectors: number): CaseBuilder =>
    theCase.event('inspectors.assigned', when, { inspectors });

  it('ends with the first two, not with one after the other', () => {
    const oneByOne = assigned(assigned(accepted(), '2026-09-15 10:00', 1), '2026-09-16 10:00', 1);
    expect(clockOf(oneByOne, item, 'inspection', at('2026-09-17'))).toMatchObject({ phase: 'running' });
    assigned(assigned(oneByOne, '2026-09-21 10:00', 2), '2026-09-22 10:00', 3);
    expect(clockOf(oneByOne, item, 'inspection', at('2026-12-01'))).toMatchObject({
      light: 'red',
      finishedAt: at('2026-09-21 10:00'),
    });
  });

  it('ends at its start where they were there before, and with the case', () => {
    const before = assigned(aCase('A'), '2026-09-11 10:00', 2).accepted('2026-09-14 10:00');
    expect(clockOf(before, item, 'inspection', at('2026-12-01'))).toMatchObject({
      light: 'green',
      finishedAt: at('2026-09-14 10:00'),
    });
    const decided = accepted().decided('2026-09-15 10:00');
    expect(clockOf(decided, item, 'inspection', at('2026-12-01'))).toMatchObject({ light: 'green' });
  });

  it('finds too few also where the item has no clock', () => {
    const { events } = assigned(accepted(), '2026-09-15 10:00', 0);
    const { findings } = judgeCase('C-1', events, bookOf({ A: { name: '事项', promise: 'none' } }));
    expect(findings).toMatchObject([{ code: 'INS-1', severity: 'serious', detail: { inspectors: 0 } }]);
  });
});

describe('a promise on the spot', () => {
  const item = { class: 'on-the-spot' };
  const switches = { onTheSpotCutOff: '16:30' };
  const dueOf = (when: string, more: Record<string, unknown> = {}): number | null | undefined =>
    clockOf(accepted(when), { ...item, ...more }, 'promise', at(when), switches)?.dueAt;

  it('has until the end of the next working day from the cut-off on', () => {
    expect(dueOf('2026-09-14 16:29:59.999')).toBe(at('2026-09-15') - 1);
    expect(dueOf('2026-09-14 16:30')).toBe(at('2026-09-16') - 1);
    expect(dueOf('2026-09-14 21:00')).toBe(at('2026-09-16') - 1);
  });

  it('has no cut-off on a day that is not worked, nor for other promises and items', () => {
    expect(dueOf('2026-09-12 17:00')).toBe(at('2026-09-15') - 1);
    expect(dueOf('2026-09-14 17:00', { promise: '2wh' })).toBe(at('2026-09-15 11:00'));
    expect(dueOf('2026-09-14 17:00', { class: 'promised', promise: '0wd' })).toBe(at('2026-09-15') - 1);
  });

  it('that the case carries has it too', () => {
    const carried = accepted().event('case.accepted', '2026-09-14 10:00', { promiseLimit: '0wd' });
    const late = aCase('A').accepted('2026-09-14 17:00', { promiseLimit: '0wd' });
    const rule = { ...item, promise: 'carried' };
    expect(clockOf(carried, rule, 'promise', at('2026-09-14 10:00'), switches)?.dueAt).toBe(
      at('2026-09-15') - 1,
    );
    expect(clockOf(late, rule, 'promise', at('2026-09-14 17:00'), switches)?.dueAt).toBe(
      at('2026-09-16') - 1,
    );
  });

  it('of convenience has it, and an item without a promise has none to move', () => {
    expect(dueOf('2026-09-14 17:00', { class: 'convenience' })).toBe(at('2026-09-16') - 1);
    expect(dueOf('2026-09-14 17:00', { promise: 'none' })).toBeUndefined();
  });

  it('is not moved where the case carries the due instant itself', () => {
    const carried = aCase('A').accepted('2026-09-14 17:00', {
      promiseDueAt: '2026-09-15T12:00:00+08:00',
      promiseLimit: '0wd',
    });
    const when = at('2026-09-14 17:00');
    expect(clockOf(carried, { ...item, promise: 'carried' }, 'promise', when, switches)).toMatchObject({
      dueAt: at('2026-09-15 12:00'),
      limit: 'carried',
    });
  });

  it('with the cut-off is what a carried due instant is held against', () => {
    const book = bookOf({ A: { name: '事项', ...item } }, switches);
    const carrying = (promiseDueAt: string): unknown[] =>
      judgeCase('C-1', aCase('A').accepted('2026-09-14 17:00', { promiseDueAt }).events, book).findings;
    expect(carrying('2026-09-15T23:59:59.999+08:00')).toEqual([]);
    expect(carrying('2026-09-14T23:59:59.999+08:00')).toMatchObject([{ code: 'LIM-1' }]);
  });
});

describe('a statutory limit that the case carries', () => {
  it('is counted from the acceptance, and is grey where the case carries none', () => {
    const item = { promise: 'none', statutory: 'carried' };
    const when = at('2026-09-14 10:00');
    const carried = aCase('A').accepted('2026-09-14 10:00', { statutoryLimit: '3wd' });
    expect(clockOf(carried, item, 'statutory', when)).toMatchObject({
      dueAt: at('2026-09-18') - 1,
      limit: '3wd',
    });
    expect(clockOf(accepted(), item, 'statutory', when)).toMatchObject({
      dueAt: null,
      light: 'grey',
      issue: 'automatic',
    });
    const { clocks } = judgeCase('C-1', accepted().events, bookOf({ A: { name: '事项', ...item } }));
    expect(clocks[0]).toMatchObject({ unknownBecause: 'no-limit' });
    // Nobody has set the promise of this item yet.
    expect(clockOf(accepted(), {}, 'promise', when)).toMatchObject({ light: 'grey', issue: 'automatic' });
  });
});

describe('an item that is not supervised', () => {
  it('is grey on purpose: no clock, no finding, whatever its record says', () => {
    const book = bookOf({ A: { name: '事项', promise: '7wd', enabled: false } });
    const odd = accepted()
      .resumed('2026-09-15 10:00')
      .event('case.accepted', '2026-09-15 10:00', { item: 'B' });
    const tracks = judgeCase('C-1', odd.events, book);
    expect(tracks).toMatchObject({ unknownBecause: 'not-supervised', findings: [], clocks: [] });
    expect(verdictAt(tracks, at('2026-12-01'))).toMatchObject({ light: 'grey', clock: null, open: true });
    const ended = judgeCase('C-1', odd.decided('2026-09-16 10:00').events, book);
    expect(verdictAt(ended, at('2026-12-01'))).toMatchObject({ light: 'grey', open: false });
  });
});

describe('several ends at one instant', () => {
  const when = '2026-09-16 10:00';
  const outcomeOf = (...types: ('case.not-accepted' | 'case.withdrawn' | 'case.decided')[]): unknown => {
    const theCase = aCase('A').submitted('2026-09-14 10:00');
    for (const type of types) theCase.event(type, when);
    return judgeCase('C-1', theCase.events, bookOf({ A: { name: '事项', promise: '7wd' } })).outcome;
  };

  it('are one: the decision, else the refusal to accept, else what is first in the procedure', () => {
    expect(outcomeOf('case.withdrawn', 'case.not-accepted')).toBe('not-accepted');
    expect(outcomeOf('case.withdrawn', 'case.decided')).toBe('decided');
    expect(outcomeOf('case.not-accepted', 'case.decided', 'case.withdrawn')).toBe('decided');
  });
});
