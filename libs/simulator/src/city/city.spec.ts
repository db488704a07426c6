import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument, RulesetDocument } from '@mingjian/contracts';
import { dueAt, parseLimit, WorkingCalendar } from '@mingjian/rules';
import { simulateDay } from '../simulate-day';
import { addWorkingSeconds, cityTime, dayOf, isWorkingDay } from './city-hours';
import { isCounterItem, ITEMS, UNKNOWN_ITEM } from './items';

const rulesets = join(__dirname, '../../../../rulesets');
const ruleset = read('demo-city/demo-city.yaml', RulesetDocument);
const calendar = read('calendars/cn.yaml', CalendarDocument);

function read<T extends Parameters<typeof parseYamlDocument>[2]>(
  file: string,
  schema: T,
): ReturnType<typeof parseYamlDocument<T>> {
  return parseYamlDocument(readFileSync(join(rulesets, file), 'utf8'), file, schema);
}

const limitOf = (rule: unknown): unknown => (rule as { limit: string }).limit;

describe('the hours of the simulated city', () => {
  it('works on the days of the calendar cn as known now', () => {
    const days = new Map(
      [...calendar.days]
        .sort((a, b) => ((a.knownSince ?? '') < (b.knownSince ?? '') ? -1 : 1))
        .map((day) => [day.date, 'work' in day]),
    );
    for (let day = dayOf('2007-01-01'); day <= dayOf('2026-12-31'); day++) {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      const weekday = new Date(day * 86_400_000).getUTCDay();
      expect([date, isWorkingDay(day)]).toEqual([date, days.get(date) ?? (weekday > 0 && weekday < 6)]);
    }
  });

  it.each([
    ['2026-03-02T10:00:00+08:00', 3600, '2026-03-02T11:00:00+08:00'],
    ['2026-03-02T11:30:00+08:00', 3600, '2026-03-02T14:00:00+08:00'],
    ['2026-03-06T16:30:00+08:00', 3600, '2026-03-09T09:30:00+08:00'],
    ['2026-03-07T12:00:00+08:00', 0, '2026-03-09T09:00:00+08:00'],
    ['2026-03-02T12:45:00+08:00', 60, '2026-03-02T13:31:00+08:00'],
    ['2026-09-30T16:59:00+08:00', 120, '2026-10-08T09:01:00+08:00'],
  ])('from %s, %d seconds of opening time end at %s', (from, seconds, to) => {
    expect(cityTime(addWorkingSeconds(Date.parse(from), seconds))).toBe(to);
  });

  it('names the years it knows', () => {
    expect(() => isWorkingDay(dayOf('1999-01-01'))).toThrow('knows 2007 to 2060, not 1999-01-01');
  });
});

describe('the items of the simulated city', () => {
  it('are those of the demonstration ruleset, with the same class, department and limits', () => {
    expect(ITEMS.map(({ code }) => code)).toEqual(Object.keys(ruleset.items));
    for (const item of ITEMS)
      expect(ruleset.items[item.code]).toMatchObject({
        class: item.itemClass,
        department: item.department,
        promise: { limit: `${item.promiseDays}wd` },
        statutory: { limit: `${item.statutoryDays}wd` },
      });
  });

  it('belong to departments that the ruleset names', () => {
    for (const { department } of ITEMS) expect(ruleset.departments[department]?.name).toBeTruthy();
  });

  it('have one that no ruleset knows', () => {
    expect(ruleset.items[UNKNOWN_ITEM.code]).toBeUndefined();
  });

  it('promise mostly seven working days or less, and no step more than the case', () => {
    const permits = ITEMS.filter((item) => !isCounterItem(item));
    expect(permits.filter(({ promiseDays }) => promiseDays <= 7).length / permits.length).toBeGreaterThan(
      0.7,
    );
    // In hours or in days: held against each other by when they end.
    const office = WorkingCalendar.fromDocument(calendar);
    const endOf = (rule: unknown): number =>
      dueAt(office, parseLimit(String(limitOf(rule))), Date.parse('2026-03-02T10:00:00+08:00')).dueAt!;
    for (const { code } of permits) {
      const { steps = {}, promise } = ruleset.items[code]!;
      const ofPromise = Object.values(steps).filter(({ within }) => within === 'promise');
      for (const step of ofPromise) expect(endOf(step)).toBeLessThanOrEqual(endOf(promise));
    }
  });

  it('report only the steps that the ruleset knows', () => {
    const strange = simulateDay('fangchenggang', 'spec', '2026-03-02').arrivals.filter(
      ({ event: { data } }) =>
        data.step !== undefined &&
        data.item !== UNKNOWN_ITEM.code &&
        ruleset.items[data.item ?? '']?.steps?.[data.step] === undefined,
    );
    expect(strange).toEqual([]);
  });
});
