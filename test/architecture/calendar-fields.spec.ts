import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument } from '@mingjian/contracts';
import { aCase } from '../../libs/rules/src/testing/builders';
import { leavesOf, outcomeOf, patched, type Aspect, type Patch } from './field-outcome';

const SCHEMA = join(__dirname, '../../docs/calendar.schema.json');
const LEAVES = leavesOf(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

const HOURS = [['09:00', '17:00']];
/** 16 September 2026 is a Wednesday. */
const CALENDAR = {
  calendar: 'office',
  version: '1',
  timezone: 'Asia/Shanghai',
  weekly: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS },
  days: [{ date: '2026-09-16', off: true }],
  publishedFrom: '2020-01-01',
  publishedThrough: '2026-12-31',
};
/** In hours and in days: an entry changes the one or the other. */
const RULES = {
  ruleset: 'test',
  version: '1',
  inForceFrom: '2018-01-01',
  calendar: 'office',
  departments: { housing: { name: '住建局', district: 'gangkou', hall: 'tax-hall' } },
  items: { A: { name: '事项', department: 'housing', promise: '40wh', statutory: '5wd' } },
};
const CASE = aCase('A').accepted('2026-09-14T10:00:00+08:00');
const AT = '2026-09-18 10:00';

type Row = [field: string, differs: Aspect, change: Patch, base?: Patch];
const LOCAL = { 'days.0.basis': '停电公告' };
const AS_LONG_AS_KNOWN = '2026-09-19';

/** What is changed and, where needed, what else is written before and after. */
const ROWS: Row[] = [
  ['calendar', 'explanation', { calendar: 'hall' }],
  ['version', 'explanation', { version: '2' }],
  ['timezone', 'verdict', { timezone: 'Europe/Amsterdam' }],
  ['weekly.*', 'verdict', { 'weekly.thu': [['09:00', '12:00']] }],
  ['departments.*.weekly.*', 'verdict', { 'departments.housing.weekly.mon': [['09:00', '12:00']] }],
  ['publishedFrom', 'verdict', { publishedFrom: '2026-09-15' }],
  ['publishedThrough', 'verdict', { publishedThrough: '2026-09-15' }],
  ['days.[].date', 'verdict', { 'days.0.date': '2026-10-16' }],
  ['days.[].through', 'verdict', { 'days.0.through': '2026-09-17' }],
  ['days.[].off', 'verdict', { 'days.0.off': true }, { 'days.0': { date: '2026-09-16', work: true } }],
  ['days.[].work', 'verdict', { 'days.0.work': true }, { 'days.0': { date: '2026-09-19', off: true } }],
  ['days.[].hours', 'verdict', { 'days.0.hours': [['09:00', '12:00']] }],
  ['days.[].halfOff', 'verdict', { 'days.0.halfOff': 'afternoon' }],
  ['days.[].scope.department', 'verdict', { 'days.0.scope.department': 'tax' }, LOCAL],
  ['days.[].scope.district', 'verdict', { 'days.0.scope.district': 'fangcheng' }, LOCAL],
  ['days.[].scope.hall', 'verdict', { 'days.0.scope.hall': 'citizen-centre' }, LOCAL],
  ['days.[].basis', 'explanation', { 'days.0.basis': '防汛应急响应' }],
  ['days.[].name', 'explanation', { 'days.0.name': '停电' }],
  ['days.[].notice', 'explanation', { 'days.0.notice': 'https://example.cn/1' }],
  ['days.[].knownSince', 'knownThen', { 'days.0.knownSince': AS_LONG_AS_KNOWN }],
];
/** An entry is exactly one of these: writing one takes the other away. */
const KINDS = ['off', 'work', 'hours', 'halfOff'];

function changed(calendar: object, change: Patch): object {
  const kind = KINDS.find((name) => `days.0.${name}` in change);
  const others = KINDS.filter((name) => kind !== undefined && name !== kind);
  const removed = Object.fromEntries(others.map((name) => [`days.0.${name}`, undefined]));
  return patched(patched(calendar, removed), change);
}

function outcome(calendar: object, differs: Aspect): string {
  const ruleset = { ...RULES, calendar: (calendar as typeof CALENDAR).calendar };
  return outcomeOf({ ruleset, calendars: [calendar], events: CASE.events, at: AT }, differs);
}

describe('defect 21: no field of a calendar is accepted and ignored', () => {
  it('every field of the schema has a row', () => {
    expect(ROWS.map(([field]) => field).sort()).toEqual([...LEAVES.keys()].sort());
  });

  it.each(ROWS)('defect 21: %s changes the %s', (_field, differs, change, base = {}) => {
    const before = patched(CALENDAR, base);
    expect(outcome(changed(before, change), differs)).not.toBe(outcome(before, differs));
  });

  it('defect 21: an entry for this place changes what one for another place leaves', () => {
    const entry = { date: '2026-09-17', off: true, basis: '停电公告' };
    const scoped = (scope: object): string =>
      outcome(patched(CALENDAR, { 'days.1': { ...entry, scope } }), 'verdict');
    const untouched = outcome(CALENDAR, 'verdict');
    for (const here of [{ department: 'housing' }, { district: 'gangkou' }, { hall: 'tax-hall' }])
      expect(scoped(here)).not.toBe(untouched);
    for (const there of [{ department: 'tax' }, { district: 'fangcheng' }, { hall: 'citizen-centre' }])
      expect(scoped(there)).toBe(untouched);
  });

  it('defect 21: a field that the schema does not know is refused, not ignored', () => {
    expect(CalendarDocument.safeParse({ ...CALENDAR, holidays: [] }).success).toBe(false);
    expect(CalendarDocument.safeParse(patched(CALENDAR, { 'days.0.holiday': true })).success).toBe(false);
  });
});
