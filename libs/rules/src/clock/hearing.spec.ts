import { judgeCase, verdictAt, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: each hearing asked for in time has its clocks, and what went wrong about it is found. */
const BOOK = bookOf({
  A: { name: '事项', promise: 'none' },
  off: { name: '不计时', promise: 'none', hearing: 'none' },
  unannounced: { name: '不计通知时限', promise: 'none', hearingNotice: 'none' },
});
const accepted = (item = 'A'): CaseBuilder => aCase(item).accepted('2026-09-14 09:00');

function clocksOf(theCase: CaseBuilder, when = at('2026-12-30')): ClockVerdict[] {
  return verdictAt(judgeCase('C-1', theCase.events, BOOK), when).clocks.filter(({ kind }) =>
    kind.startsWith('hearing'),
  );
}

const namesOf = (theCase: CaseBuilder): string[] => clocksOf(theCase).map(({ clock }) => clock);

function found(theCase: CaseBuilder): unknown[] {
  const { findings } = verdictAt(judgeCase('C-1', theCase.events, BOOK), at('2026-12-30'));
  return findings.filter(({ code }) => code === 'HRG-1').map(({ detail }) => detail.kind);
}

describe('the clocks of a hearing', () => {
  it('begin with the request, twenty working days for the hearing and thirteen for its notice', () => {
    const requested = accepted().event('hearing.requested', '2026-09-15 10:00');
    expect(clocksOf(requested, at('2026-09-15 10:00'))).toMatchObject([
      { clock: 'hearing', light: 'green', dueAt: at('2026-10-20') - 1 },
      { clock: 'hearing-notice', light: 'green', dueAt: at('2026-10-10') - 1 },
    ]);
  });

  it('end with what is notified and held, also at the very instant of the request', () => {
    const when = '2026-09-15 10:00';
    const atOnce = accepted()
      .event('hearing.held', when)
      .event('hearing.notified', when)
      .event('hearing.requested', when);
    expect(clocksOf(atOnce)).toMatchObject([
      { clock: 'hearing', phase: 'finished', light: 'green' },
      { clock: 'hearing-notice', phase: 'finished', light: 'green' },
    ]);
    expect(found(atOnce)).toEqual(['hearing-notice-late']);
  });

  it('end with the case, and a request after its end begins none', () => {
    const ended = accepted()
      .event('hearing.requested', '2026-09-15 10:00')
      .event('case.withdrawn', '2026-09-16 10:00');
    ended.event('hearing.requested', '2026-09-16 10:00:00.001').event('hearing.held', '2026-09-17 10:00');
    expect(clocksOf(ended)).toMatchObject([
      { clock: 'hearing', finishedAt: at('2026-09-16 10:00') },
      { clock: 'hearing-notice', finishedAt: at('2026-09-16 10:00') },
    ]);
    expect(found(ended)).toEqual([]);
  });

  it('are numbered by hearing: a request while one waits, up to the instant it is held, is no other hearing', () => {
    const theCase = accepted()
      .event('hearing.requested', '2026-09-15 10:00')
      .event('hearing.requested', '2026-09-16 10:00')
      .event('hearing.notified', '2026-09-16 11:00')
      .event('hearing.requested', '2026-09-28 10:00')
      .event('hearing.held', '2026-09-28 10:00');
    expect(namesOf(theCase)).toEqual(['hearing', 'hearing-notice']);
    theCase.event('hearing.requested', '2026-09-28 10:00:00.001');
    expect(namesOf(theCase)).toEqual(['hearing', 'hearing-notice', 'hearing#2', 'hearing-notice#2']);
  });

  it('are there for those that the item has', () => {
    expect(namesOf(accepted('off').event('hearing.requested', '2026-09-15 10:00'))).toEqual([
      'hearing-notice',
    ]);
  });
});

describe('a hearing at the end of its case', () => {
  it('has its clocks where it was asked for at the very end', () => {
    const atEnd = accepted()
      .event('hearing.requested', '2026-09-15 10:00')
      .event('case.withdrawn', '2026-09-15 10:00');
    expect(namesOf(atEnd)).toEqual(['hearing', 'hearing-notice']);
  });

  it('waits for what comes after the request, not for what came before', () => {
    const before = accepted()
      .event('hearing.notified', '2026-09-14 10:00')
      .event('hearing.held', '2026-09-14 11:00')
      .event('hearing.requested', '2026-09-15 10:00');
    expect(clocksOf(before)).toMatchObject([
      { clock: 'hearing', phase: 'overdue' },
      { clock: 'hearing-notice', phase: 'overdue' },
    ]);
  });

  it('has no clock of its notice where the item has none', () => {
    expect(namesOf(accepted('unannounced').event('hearing.requested', '2026-09-15 10:00'))).toEqual([
      'hearing',
    ]);
  });
});

describe('findings on hearings', () => {
  const requested = (): CaseBuilder => accepted().event('hearing.requested', '2026-09-14 10:00', {}, 'asked');

  function whole(theCase: CaseBuilder): unknown[] {
    const { findings } = verdictAt(judgeCase('C-1', theCase.events, BOOK), at('2026-12-30'));
    return findings.filter(({ code }) => code === 'HRG-1');
  }

  it('say how grave they are, when, and of which request', () => {
    const held = requested().event('hearing.held', '2026-09-28 10:00');
    expect(whole(held)).toEqual([
      expect.objectContaining({
        severity: 'serious',
        ref: 'hearing-without-notice:asked',
        at: at('2026-09-28 10:00'),
        detail: { kind: 'hearing-without-notice', event: 'asked' },
      }),
    ]);
    expect(whole(requested().decided('2026-09-16 10:00'))).toEqual([
      expect.objectContaining({
        severity: 'serious',
        ref: 'decided-before-hearing:asked',
        at: at('2026-09-16 10:00'),
        detail: { kind: 'decided-before-hearing', event: 'asked' },
      }),
    ]);
    const short = requested()
      .event('hearing.notified', '2026-09-25 10:00')
      .event('hearing.held', '2026-09-28 10:00');
    expect(whole(short)).toEqual([
      expect.objectContaining({
        severity: 'warning',
        ref: 'hearing-notice-late:asked',
        at: at('2026-09-28 10:00'),
        detail: { kind: 'hearing-notice-late', event: 'asked', days: 1 },
      }),
    ]);
    const late = accepted()
      .event('hearing.informed', '2026-09-14 10:00')
      .event('hearing.requested', at('2026-09-21'), {}, 'asked');
    expect(whole(late)).toEqual([
      expect.objectContaining({
        severity: 'notice',
        ref: 'hearing-requested-late:asked',
        at: at('2026-09-21'),
        detail: { kind: 'hearing-requested-late', event: 'asked' },
      }),
    ]);
  });

  it('name what was wrong with a hearing up to the very end of its case, and nothing of one after it', () => {
    const held = (ended: string): CaseBuilder =>
      requested().event('hearing.held', '2026-09-28 10:00').event('case.withdrawn', ended);
    expect(found(held('2026-09-29 10:00'))).toEqual(['hearing-without-notice']);
    expect(found(held('2026-09-28 10:00'))).toEqual(['hearing-without-notice']);
    expect(found(held('2026-09-28 09:59'))).toEqual([]);
  });

  it('take a notice after the hearing for none, and a hearing after the decision for too late', () => {
    const after = requested()
      .event('hearing.held', '2026-09-28 10:00')
      .event('hearing.notified', '2026-09-28 10:01');
    expect(found(after)).toEqual(['hearing-without-notice']);
    const decided = requested().decided('2026-09-16 10:00').event('hearing.held', '2026-09-28 10:00');
    expect(found(decided)).toEqual(['decided-before-hearing']);
  });

  it.each(['granted', 'refused', 'decided'])('blame a decision of whatever result: %s', (result) => {
    expect(found(requested().decided('2026-09-16 10:00', result))).toEqual(['decided-before-hearing']);
  });

  it('do not blame a decision after the case had ended otherwise', () => {
    const ended = requested().event('case.withdrawn', '2026-09-16 10:00').decided('2026-09-17 10:00');
    expect(found(ended)).toEqual([]);
  });

  it('name a request after the fifth working day from when the right was told of last, which begins no clock', () => {
    const told = accepted()
      .event('hearing.informed', '2026-09-10 10:00')
      .event('hearing.informed', '2026-09-14 10:00');
    told.event('hearing.requested', at('2026-09-21'));
    expect(found(told)).toEqual(['hearing-requested-late']);
    expect(namesOf(told)).toEqual([]);
    told.event('hearing.requested', at('2026-09-21') - 1);
    expect(namesOf(told)).toEqual(['hearing', 'hearing-notice']);
  });

  it('say nothing of lateness where nobody reported that the right was told of', () => {
    expect(found(accepted().event('hearing.requested', '2026-10-15 10:00'))).toEqual([]);
  });

  it('count seven working days from the day of the first notice to the day of the hearing', () => {
    const held = (notified: string): CaseBuilder =>
      accepted()
        .event('hearing.requested', '2026-09-14 10:00')
        .event('hearing.notified', notified)
        .event('hearing.notified', '2026-09-22 10:00')
        .event('hearing.held', '2026-09-23 10:00');
    // 15, 16, 17, 18, 20 (worked), 21, 22, 23 September.
    expect(found(held('2026-09-15 17:00'))).toEqual([]);
    expect(found(held('2026-09-16 09:00'))).toEqual(['hearing-notice-late']);
  });

  it('name a hearing without notice, and a decision before the hearing', () => {
    const requested = (): CaseBuilder => accepted().event('hearing.requested', '2026-09-14 10:00');
    expect(found(requested().event('hearing.held', '2026-09-28 10:00'))).toEqual(['hearing-without-notice']);
    expect(found(requested().decided('2026-09-16 10:00'))).toEqual(['decided-before-hearing']);
    expect(found(requested().event('case.withdrawn', '2026-09-16 10:00'))).toEqual([]);
    const heldFirst = requested()
      .event('hearing.notified', '2026-09-14 11:00')
      .event('hearing.held', '2026-09-28 10:00')
      .decided('2026-09-28 10:00');
    expect(found(heldFirst)).toEqual([]);
  });

  it('are the same whatever the order of arrival', () => {
    const { events } = accepted()
      .event('hearing.informed', '2026-09-14 10:00')
      .event('hearing.requested', '2026-09-15 10:00')
      .event('hearing.requested', '2026-09-16 10:00')
      .event('hearing.notified', '2026-09-21 10:00')
      .event('hearing.held', '2026-09-28 10:00')
      .decided('2026-09-29 10:00');
    expect(judgeCase('C-1', [...events].reverse(), BOOK)).toEqual(judgeCase('C-1', events, BOOK));
  });
});
