import type { TimelineEvent } from '@mingjian/contracts';
import { compileRuleset, formatInstant, RuleBook } from '../index';
import { aCase, at, bookOf, calendarOf, OFFICE_2026, rulesetOf } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { asIfAlwaysInForce, backtest } from './backtest';
import type { CaseLight } from './backtest';

/** No delivery clock: a case is over with its decision. */
const item = (promise: string) => ({ name: '事项', promise, delivery: 'none', department: 'housing' });
const seven = bookOf({ A: item('7wd') });
const three = bookOf({ A: item('3wd') });
const until = at('2026-09-30 23:59:59.999');

function timelines(...cases: CaseBuilder[]): Map<string, TimelineEvent[]> {
  return new Map(cases.map(({ caseNo, events }) => [caseNo, events]));
}

const said = (lights: readonly CaseLight[] | undefined): string[] =>
  (lights ?? []).map(
    ({ from, light }) => `${formatInstant(from, OFFICE_2026.zone).slice(5, 16).replace('T', ' ')} ${light}`,
  );

/*
 * Accepted on Monday 14 September 2026; working days after it: 15, 16, 17, 18, 20, 21, 22.
 * 7wd: due 22, yellow from the 21st, red from the 23rd. 3wd: due 17, yellow from the 16th, red from the 18th.
 */
const quick = aCase('A', 'quick').accepted('2026-09-14 10:00').decided('2026-09-15 10:00');
const slow = aCase('A', 'slow').accepted('2026-09-14 10:00').decided('2026-09-21 10:00');
const open = aCase('A', 'open').accepted('2026-09-14 10:00');

describe('a back-test', () => {
  const result = backtest(timelines(quick, slow, open), seven, three, at('2026-09-01'), until);

  it('lists the cases that would have had other lights, with both lives', () => {
    expect(result.changed.map(({ caseNo }) => caseNo)).toEqual(['open', 'slow']);
    const [stillOpen, decided] = result.changed;
    expect(said(decided?.before)).toEqual(['09-14 10:00 green', '09-21 00:00 yellow', '09-21 10:00 green']);
    expect(said(decided?.after)).toEqual(['09-14 10:00 green', '09-16 00:00 yellow', '09-18 00:00 red']);
    expect(said(stillOpen?.before)).toEqual(['09-14 10:00 green', '09-21 00:00 yellow', '09-23 00:00 red']);
  });

  it('counts the cases of each colour before and after, by department and by item', () => {
    const counts = {
      cases: 3,
      changed: 2,
      red: { before: 1, after: 2 },
      yellow: { before: 2, after: 2 },
      grey: { before: 0, after: 0 },
    };
    expect(result.total).toEqual({ code: null, ...counts });
    expect(result.byDepartment).toEqual([{ code: 'housing', ...counts }]);
    expect(result.byItem).toEqual([{ code: 'A', ...counts }]);
  });

  it('changes nothing between a book and itself', () => {
    const same = backtest(timelines(quick, slow, open), seven, seven, at('2026-09-01'), until);
    expect(same.changed).toEqual([]);
    expect(same.total.red).toEqual({ before: 1, after: 1 });
  });

  it('speaks only of the time asked for', () => {
    const early = backtest(timelines(open), seven, three, at('2026-09-01'), at('2026-09-15 23:59'));
    expect(early.changed).toEqual([]);
    const later = backtest(timelines(open), seven, three, at('2026-09-24'), until);
    expect(later.changed).toEqual([]);
    expect(later.total.red).toEqual({ before: 1, after: 1 });
  });

  it('leaves out cases closed before, and events that had not happened', () => {
    expect(backtest(timelines(quick), seven, three, at('2026-09-16'), until).total.cases).toBe(0);
    expect(backtest(timelines(quick), seven, three, at('2026-09-01'), at('2026-09-14')).total.cases).toBe(0);
  });

  it('shows a case that the other rules do not know as grey, not as well', () => {
    const { changed, total } = backtest(timelines(quick), seven, bookOf({ B: item('7wd') }), 0, until);
    expect(said(changed[0]?.after)).toEqual(['09-14 10:00 grey']);
    expect(total.grey).toEqual({ before: 0, after: 1 });
  });

  it('shows what another calendar would have done', () => {
    const days = [...OFFICE_2026.document.days, { date: '2026-09-22', off: true as const }];
    const closed = { ...OFFICE_2026.document, days };
    const other = bookOf({ A: item('7wd') }, {}, calendarOf(closed));
    const { changed } = backtest(timelines(open), seven, other, at('2026-09-01'), until);
    expect(said(changed[0]?.after)).toEqual(['09-14 10:00 green', '09-21 00:00 yellow', '09-24 00:00 red']);
  });

  it('takes what is known now on both sides, however late it became known', () => {
    const late = { date: '2026-09-22', off: true as const, knownSince: '2026-12-01' };
    const scoped = { ...late, scope: { department: 'housing' }, basis: '停办公告' };
    for (const day of [late, scoped]) {
      const calendar = calendarOf({ ...OFFICE_2026.document, days: [...OFFICE_2026.document.days, day] });
      const other = bookOf({ A: item('7wd') }, {}, calendar);
      const { changed } = backtest(timelines(open), seven, other, at('2026-09-01'), until);
      expect(said(changed[0]?.after)).toContain('09-24 00:00 red');
      expect(backtest(timelines(open), other, other, at('2026-09-01'), until).changed).toEqual([]);
    }
  });

  it('takes a draft as if it had always been in force', () => {
    const draft = { ...rulesetOf({ A: item('3wd') }), inForceFrom: '2027-01-01' };
    expect(compileRuleset(asIfAlwaysInForce(draft)).inForceFrom).toBe('1900-01-01');
    const book = new RuleBook([asIfAlwaysInForce(draft)], new Map([['office', OFFICE_2026]]));
    const { changed } = backtest(timelines(slow), seven, book, at('2026-09-01'), until);
    expect(said(changed[0]?.after)).toContain('09-18 00:00 red');
  });
});
