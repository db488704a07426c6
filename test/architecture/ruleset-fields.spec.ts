import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RulesetDocument } from '@mingjian/contracts';
import { dueAt, parseLimit } from '@mingjian/rules';
import { OFFICE_2026 } from '../../libs/rules/src/testing/builders';
import type { FieldRow } from './clock-field-rows';
import { leavesOf, outcomeOf, patched } from './field-outcome';
import { RULESET_ROWS } from './ruleset-field-rows';

const SCHEMA = join(__dirname, '../../docs/ruleset.schema.json');
const LEAVES = leavesOf(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

const RULES = {
  ruleset: 'test',
  version: '1',
  inForceFrom: '2018-01-01',
  calendar: 'office',
  departments: { housing: { name: '住建局' }, tax: { name: '税务局' } },
  items: { A: { name: '事项', department: 'housing', promise: '7wd' } },
};
const CLOSED = { date: '2026-09-16', off: true, basis: '停电公告' };
const OFFICE = {
  ...OFFICE_2026.document,
  days: [
    ...OFFICE_2026.document.days,
    { ...CLOSED, scope: { district: 'gangkou' } },
    { ...CLOSED, scope: { hall: 'tax-hall' } },
  ],
};
const { mon } = OFFICE.weekly;
const DAILY = { ...OFFICE, calendar: 'daily', weekly: { ...OFFICE.weekly, sat: mon, sun: mon } };

function outcome({ base, case: { events }, at, differs }: FieldRow, change: object): string {
  const ruleset = patched(patched(RULES, base), change as FieldRow['change']);
  return outcomeOf({ ruleset, calendars: [OFFICE, DAILY], events, at }, differs);
}

describe('defect 21: no field of a ruleset is accepted and ignored', () => {
  it('every field of the schema has a row', () => {
    expect(RULESET_ROWS.map(({ field }) => field).sort()).toEqual([...LEAVES.keys()].sort());
  });

  it.each(RULESET_ROWS.map((row): [string, string, FieldRow] => [row.field, row.differs, row]))(
    'defect 21: %s changes the %s',
    (_field, _differs, row) => {
      expect(outcome(row, row.change)).not.toBe(outcome(row, {}));
    },
  );
});

describe('defect 22: units are never guessed', () => {
  /** Fields that hold a limit or a threshold, by the texts that the schema lets through. */
  const timed = [...LEAVES].filter(([, branches]) =>
    branches.some((branch) => (branch.pattern ?? branch.items?.pattern)?.includes('wd|wh|wm|ws') ?? false),
  );
  const AMBIGUOUS = [
    'P1D',
    'PT24H',
    '1',
    '24',
    '1 wd',
    '1day',
    '1.5wd',
    '1w',
    '1m',
    '30min',
    '8wh@time',
    '-1wd',
  ];

  it('defect 22: every field that holds a limit refuses a text without its unit', () => {
    expect(timed.length).toBeGreaterThan(40);
    const taken: string[] = [];
    for (const row of RULESET_ROWS.filter(({ field }) => timed.some(([name]) => name === field)))
      for (const text of AMBIGUOUS) {
        const [[path, value]] = Object.entries(row.change) as [[string, unknown]];
        const change = { [path]: Array.isArray(value) ? [text] : text };
        if (RulesetDocument.safeParse(patched(patched(RULES, row.base), change)).success)
          taken.push(`${row.field}: ${text}`);
      }
    expect(taken).toEqual([]);
  });

  it('defect 22: a number is no limit: a day could be a working day or twenty-four hours', () => {
    const item = { ...RULES.items.A, promise: 7 };
    const parsed = RulesetDocument.safeParse({ ...RULES, items: { A: item } });
    expect(parsed.error?.issues[0]?.message).toContain('units are never guessed');
  });

  it('defect 22: a working day, its hours, a calendar day and 24 hours end at different instants', () => {
    const from = Date.parse('2026-09-18T16:00:00+08:00');
    const dues = ['1wd', '24wh', '1d', '24h', '1wd@time', '1d!'].map(
      (limit) => dueAt(OFFICE_2026, parseLimit(limit), from).dueAt,
    );
    expect(new Set(dues.slice(0, 5)).size).toBe(4);
    expect(dues[3]).toBe(from + 24 * 3_600_000);
  });
});
