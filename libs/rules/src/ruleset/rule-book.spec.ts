import type { RulesetDocument } from '@mingjian/contracts';
import { at, calendarOf, OFFICE_2026, rulesetOf, weekdays } from '../testing/builders';
import { RuleBook, RuleBookError } from './rule-book';

const version = (
  text: string,
  inForceFrom: string,
  more: Partial<RulesetDocument> = {},
): RulesetDocument => ({
  ...rulesetOf({ A: { name: '事项', promise: '7wd' } }),
  version: text,
  inForceFrom,
  ...more,
});
const OFFICE = new Map([['office', OFFICE_2026]]);
const ABROAD = calendarOf({
  calendar: 'abroad',
  timezone: 'America/New_York',
  weekly: weekdays([['09:00', '17:00']]),
});

describe('a rule book', () => {
  const book = new RuleBook([version('2', '2026-09-15'), version('1', '2026-01-01')], OFFICE);

  it('holds its versions in order of the day on which they came into force', () => {
    expect(book.rulesets.map((ruleset) => ruleset.version)).toEqual(['1', '2']);
    expect(book.newest.ruleset.version).toBe('2');
    expect(book.newest.calendar).toBe(OFFICE_2026);
  });

  it.each([
    ['2026-09-15 00:00', '2'],
    ['2026-09-14 23:59:59.999', '1'],
    ['2026-01-01 00:00', '1'],
    ['2399-01-01 00:00', '2'],
  ])('chooses by the local day: at %s version %s', (instant, expected) => {
    expect(book.selectAt(at(instant))?.ruleset.version).toBe(expected);
  });

  it('has nothing in force before its first version', () => {
    expect(book.selectAt(at('2025-12-31 23:59:59.999'))).toBeNull();
  });

  it('knows the calendar of each version, and reads days in its zone', () => {
    const both = new RuleBook(
      [version('1', '2026-01-01'), version('2', '2026-09-15', { calendar: 'abroad' })],
      new Map([...OFFICE, ['abroad', ABROAD]]),
    );
    expect(both.rulesets.map((ruleset) => both.calendarOf(ruleset).id)).toEqual(['office', 'abroad']);
    // Noon of the 15th in New York is midnight in China; the morning of the 15th in China is the 14th there.
    expect(both.selectAt(at('2026-09-15 10:00'))?.ruleset.version).toBe('1');
    expect(both.selectAt(at('2026-09-15 12:00'))?.ruleset.version).toBe('2');
  });

  it('has one text for the same rules and calendars, in whatever order they are given', () => {
    const [one, two] = [version('1', '2026-01-01'), version('2', '2026-09-15')];
    const text = new RuleBook([one, two], OFFICE).canonicalText;
    expect(new RuleBook([two, one], OFFICE).canonicalText).toBe(text);
    expect(new RuleBook([one, two], new Map([...OFFICE, ['abroad', ABROAD]])).canonicalText).toBe(text);
    expect(new RuleBook([one], OFFICE).canonicalText).not.toBe(text);
    expect(new RuleBook([one, two], new Map([['office', ABROAD]])).canonicalText).not.toBe(text);
  });
});

describe('a rule book is refused', () => {
  it.each<[string, RulesetDocument[], string]>([
    ['without a ruleset', [], 'no ruleset: at least one document is needed'],
    [
      'with versions of two rulesets',
      [version('1', '2026-01-01'), version('1', '2026-02-01', { ruleset: 'other' })],
      'rulesets "test" and "other": one book holds versions of one ruleset',
    ],
    [
      'with two versions from one day',
      [version('1', '2026-01-01'), version('2', '2026-01-01')],
      'ruleset test: versions 1 and 2 are both in force from 2026-01-01',
    ],
    [
      'without the calendar that it names',
      [version('1', '2026-01-01', { calendar: 'nowhere' })],
      'ruleset test 1 names calendar "nowhere"; known are: office',
    ],
  ])('%s', (_what, documents, message) => {
    expect(() => new RuleBook(documents, OFFICE)).toThrow(new RuleBookError(message));
  });

  it('without any calendar', () => {
    expect(() => new RuleBook([version('1', '2026-01-01')], new Map())).toThrow('known are: none');
    expect(new RuleBookError('')).toMatchObject({ name: 'RuleBookError' });
  });
});
