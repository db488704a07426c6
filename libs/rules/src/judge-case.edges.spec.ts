import { judgeCase, verdictAt } from './index';
import type { CaseBuilder } from './testing/builders';
import { aCase, at, bookOf } from './testing/builders';

/** Rules that two judges, written apart from each other, once answered differently. */
function clockOf(
  theCase: CaseBuilder,
  item: Record<string, unknown>,
  clock: string,
  when: string,
  switches: Record<string, unknown> = {},
) {
  const book = bookOf({ A: { name: '事项', ...item } }, switches);
  const verdict = verdictAt(judgeCase('C-1', theCase.events, book), at(when));
  return verdict.clocks.find((one) => one.clock === clock);
}

describe('an extension and a suspension of one clock', () => {
  const granted = { days: 2, approver: '批准人', notice: '延期告知书' };

  it('takes out of an extended limit in hours the time that a later suspension covers', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 09:00')
      .extended('2026-09-14 10:00', granted)
      .suspended('2026-09-15 09:00')
      .resumed('2026-09-15 11:00');
    expect(clockOf(theCase, { promise: '2wh' }, 'promise', '2026-09-15 12:00')!.dueAt).toBe(
      at('2026-09-16 14:30'),
    );
  });

  it('takes out of an extended carried instant the days of a later suspension', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 09:00', { promiseDueAt: '2026-09-14T16:00:00+08:00' })
      .extended('2026-09-14 10:00', granted)
      .suspended('2026-09-15 09:00')
      .resumed('2026-09-17 09:00');
    expect(clockOf(theCase, { promise: 'carried' }, 'promise', '2026-09-17 12:00')!.dueAt).toBe(
      at('2026-09-18 16:00'),
    );
  });

  it('counts an extension granted in a suspension that lasts to the end of the case', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 09:00')
      .suspended('2026-09-15 09:00')
      .extended('2026-09-15 10:00', granted)
      .decided('2026-09-15 16:00');
    expect(clockOf(theCase, { promise: '3wd' }, 'promise', '2026-09-16')!.dueAt).toBe(at('2026-09-21') - 1);
  });
});

describe('the end of a case', () => {
  it('ends a suspension that is still open: a step that begins afterwards is not held by it', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 09:00')
      .suspended('2026-09-14 10:00')
      .decided('2026-09-15 10:00')
      .stepStarted('print', '2026-09-16 09:00');
    const item = { promise: '7wd', steps: { print: { limit: '1wd' } } };
    expect(clockOf(theCase, item, 'step:print', '2026-09-21')).toMatchObject({
      light: 'red',
      dueAt: at('2026-09-18') - 1,
    });
  });

  it('by refusal to accept ends its steps and suspensions too', () => {
    const theCase = aCase('A');
    theCase.submitted('2026-09-14 09:00').stepStarted('review', '2026-09-14 10:00');
    theCase.suspended('2026-09-14 11:00', { daysApplied: 1 });
    theCase.event('case.not-accepted', '2026-09-15 10:00');
    const item = { promise: '7wd', steps: { review: { limit: '5wd' } } };
    for (const clock of ['step:review', 'suspension#1'])
      expect(clockOf(theCase, item, clock, '2026-10-30')).toMatchObject({
        light: 'green',
        phase: 'finished',
      });
  });

  it('by refusal to accept leaves nothing to deliver for a decision reported later', () => {
    const theCase = aCase('A').submitted('2026-09-14 09:00');
    theCase.event('case.not-accepted', '2026-09-15 10:00').decided('2026-09-16 10:00');
    expect(clockOf(theCase, { promise: '7wd' }, 'delivery', '2026-10-30')).toBeUndefined();
  });

  it('finishes a clock without a limit that ends at its start', () => {
    const theCase = aCase('A').accepted('2026-09-14 09:00').decided('2026-09-14 09:00');
    expect(clockOf(theCase, {}, 'promise', '2026-09-15')).toMatchObject({ light: 'grey', phase: 'finished' });
  });
});

describe('promises counted to the hour', () => {
  const switches = { promiseCounting: 'wd@time' };

  it('leaves a promise of no day, as of on-the-spot items, at the end of the day', () => {
    const theCase = aCase('A').accepted('2026-09-14 09:00');
    expect(clockOf(theCase, { class: 'on-the-spot' }, 'promise', '2026-09-14 10:00', switches)).toMatchObject(
      { light: 'green', dueAt: at('2026-09-15') - 1 },
    );
  });

  it('counts a promise that the case carries in working days in the same way', () => {
    const theCase = aCase('A').accepted('2026-09-14 10:00', { promiseLimit: '2wd' });
    expect(clockOf(theCase, { promise: 'carried' }, 'promise', '2026-09-14 10:00', switches)!.dueAt).toBe(
      at('2026-09-16 10:00'),
    );
  });
});

describe('a record', () => {
  it('gets back an event whose retraction was itself retracted', () => {
    const theCase = aCase('A')
      .submitted('2026-09-14 09:00')
      .event('case.accepted', '2026-09-14 10:00', {}, 'accepted')
      .event('event.retracted', '2026-09-14 11:00', { retracts: 'accepted' }, 'wrong')
      .event('event.retracted', '2026-09-14 12:00', { retracts: 'wrong' });
    expect(clockOf(theCase, { promise: '7wd' }, 'promise', '2026-09-15')).toMatchObject({ light: 'green' });
  });

  it('does not take the notice that a complement answers for an answer to the complement', () => {
    const theCase = aCase('A').submitted('2026-09-14 09:00');
    theCase.event('case.correction-requested', '2026-09-15').event('case.correction-received', '2026-09-15');
    expect(clockOf(theCase, { promise: '7wd' }, 'acceptance#2', '2026-09-16')).toMatchObject({
      phase: 'running',
    });
  });
});

describe('a refusal to accept', () => {
  it('comes too late for a case that silence has accepted: its promise goes on running', () => {
    const theCase = aCase('A').submitted('2026-09-01 09:00');
    theCase.event('case.not-accepted', '2026-09-09 09:00');
    expect(clockOf(theCase, { promise: '7wd' }, 'promise', '2026-10-30')).toMatchObject({ light: 'red' });
  });
});
