import { judgeCase, verdictAt, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: each hearing asked for in time has its clocks, and what went wrong about it is found. */
const BOOK = bookOf({
  A: { name: '事项', promise: 'none' },
  off: { name: '不计时', promise: 'none', hearing: 'none' },
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

describe('findings on hearings', () => {
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
