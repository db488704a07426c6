import { judgeCase, lightChangesUntil, RuleBook, verdictAt } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, calendarOf, rulesetOf, weekdays } from '../testing/builders';

/** What these specs guarantee: a day on which a place is closed counts for the clocks that run there, and for no other. */
const CALENDAR = calendarOf({
  calendar: 'office',
  timezone: 'Asia/Shanghai',
  weekly: weekdays([['09:00', '17:00']]),
  days: [
    { date: '2026-09-15', off: true, scope: { hall: 'east' }, basis: '停办公告' },
    { date: '2026-09-16', off: true, scope: { district: 'north' }, basis: '停办公告' },
    { date: '2026-09-17', off: true, scope: { department: 'fire' }, basis: '停办公告' },
  ],
});
const BOOK = new RuleBook(
  [
    {
      ...rulesetOf({
        A: {
          name: '事项',
          department: 'housing',
          promise: '3wd',
          steps: { own: { limit: '3wd' }, fire: { limit: '3wd', department: 'fire' } },
        },
      }),
      departments: {
        housing: { name: '住建', hall: 'east', district: 'south' },
        fire: { name: '消防', district: 'south' },
      },
    },
  ],
  new Map([['office', CALENDAR]]),
);

function dueDates(theCase: CaseBuilder): Record<string, string | null> {
  const { clocks } = verdictAt(judgeCase('C-1', theCase.events, BOOK), at('2026-09-14 12:00'));
  return Object.fromEntries(
    clocks
      .filter(({ clock }) => clock !== 'statutory')
      .map(({ clock, dueAt }) => [clock, dueAt === null ? null : new Date(dueAt).toISOString().slice(0, 10)]),
  );
}

describe('the place of a case', () => {
  it('is where its department works, unless its events say otherwise, each of district and hall by itself', () => {
    expect(dueDates(aCase('A').accepted('2026-09-14 10:00'))).toEqual({ promise: '2026-09-18' });
    expect(dueDates(aCase('A').accepted('2026-09-14 10:00', { hall: 'west' }))).toEqual({
      promise: '2026-09-17',
    });
    expect(dueDates(aCase('A').accepted('2026-09-14 10:00', { district: 'north' }))).toEqual({
      promise: '2026-09-21',
    });
  });

  it('is the one that is said first, by whatever event', () => {
    const moved = aCase('A')
      .event('step.started', '2026-09-14 09:00', { step: 'own', hall: 'west' })
      .accepted('2026-09-14 10:00', { hall: 'east' });
    expect(dueDates(moved).promise).toBe('2026-09-17');
  });

  it('may be that of the department which its events name', () => {
    expect(dueDates(aCase('A').accepted('2026-09-14 10:00', { department: 'fire' }))).toEqual({
      promise: '2026-09-18',
    });
  });
});

describe('the place of a step', () => {
  it('is where the case is, unless another department does it: by the ruleset, else by the first event of the run', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 10:00', { hall: 'west' })
      .event('step.started', '2026-09-14 11:00', { step: 'own', department: 'housing', hall: 'east' })
      .event('step.started', '2026-09-14 11:00', { step: 'fire', department: 'housing' });
    expect(dueDates(theCase)).toEqual({
      promise: '2026-09-17',
      'step:own': '2026-09-17',
      'step:fire': '2026-09-18',
    });
    const named = aCase('A')
      .accepted('2026-09-14 10:00', { hall: 'west' })
      .event('step.started', '2026-09-14 11:00', { step: 'own', department: 'fire' });
    expect(dueDates(named)['step:own']).toBe('2026-09-18');
  });

  it('takes from the case what its department does not say', () => {
    // Fire names its district, no hall: the hall is that of the case, east, which is closed on the 15th.
    const theCase = aCase('A').accepted('2026-09-14 10:00').stepStarted('fire', '2026-09-14 11:00');
    expect(dueDates(theCase)['step:fire']).toBe('2026-09-21');
  });

  it('is in the district of its department, and where the case is if nobody knows that department', () => {
    const north = aCase('A').accepted('2026-09-14 10:00', { hall: 'west', district: 'north' });
    expect(dueDates(north.stepStarted('fire', '2026-09-14 11:00'))['step:fire']).toBe('2026-09-18');
    const unknown = aCase('A')
      .accepted('2026-09-14 10:00', { hall: 'west' })
      .event('step.started', '2026-09-14 11:00', { step: 'own', department: 'tax' });
    expect(dueDates(unknown)['step:own']).toBe('2026-09-17');
  });

  it('names its department on its clock and on its light changes; the other clocks are those of the case', () => {
    const theCase = aCase('A')
      .accepted('2026-09-14 10:00')
      .stepStarted('own', '2026-09-14 11:00')
      .stepStarted('fire', '2026-09-14 11:00');
    const tracks = judgeCase('C-1', theCase.events, BOOK);
    expect(tracks.department).toBe('housing');
    const departments = (of: readonly { clock: string; department: string | null }[]): unknown =>
      Object.fromEntries(of.map(({ clock, department }) => [clock, department]));
    const expected = { promise: null, statutory: null, 'step:own': null, 'step:fire': 'fire' };
    expect(departments(tracks.clocks)).toEqual(expected);
    expect(departments(lightChangesUntil(tracks, at('2026-12-01')))).toEqual(expected);
  });
});
