import type { CalendarDay } from '@mingjian/contracts';
import fc from 'fast-check';
import { anyInstant, anyLimit } from '../testing/arbitraries';
import { calendarOf, weekdays } from '../testing/builders';
import type { Place, WorkingCalendar } from './index';
import { DAY_MS, dateTextOf, dayNumberOf, dueAt, parseLimit } from './index';

const OFFICE: [string, string][] = [
  ['09:00', '12:00'],
  ['13:30', '17:00'],
];
const DEPARTMENTS = ['housing', 'market', 'police'];
const HALLS = ['east', 'west'];
const DISTRICTS = ['downtown', 'harbour'];
const nowhere: Place = { department: null, district: null, hall: null };

const anyScope = fc
  .record({
    department: fc.option(fc.constantFrom(...DEPARTMENTS), { nil: undefined }),
    hall: fc.option(fc.constantFrom(...HALLS), { nil: undefined }),
    district: fc.option(fc.constantFrom(...DISTRICTS), { nil: undefined }),
  })
  .filter((scope) => Object.values(scope).some((name) => name !== undefined));
const anyDay = fc.integer({ min: dayNumberOf('2026-01-15'), max: dayNumberOf('2026-11-15') });
/** Entries for everybody stand on days of their own: what a closure takes out, another one must not open. */
const anyClosure = fc
  .record({ day: anyDay, days: fc.integer({ min: 0, max: 9 }), scope: anyScope })
  .map(({ day, days, scope }) => ({
    date: dateTextOf(day),
    through: dateTextOf(day + days),
    scope: JSON.parse(JSON.stringify(scope)) as object,
    basis: '停办公告',
    off: true,
  }));
const anyPlace = fc.record({
  department: fc.option(fc.constantFrom(...DEPARTMENTS, 'tax')),
  hall: fc.option(fc.constantFrom(...HALLS, 'north')),
  district: fc.option(fc.constantFrom(...DISTRICTS, 'hills')),
});

function office(days: object[], more: object = {}): WorkingCalendar {
  return calendarOf({
    calendar: 'places',
    timezone: 'Asia/Shanghai',
    weekly: weekdays(OFFICE),
    days: [{ date: '2026-10-01', off: true }, ...days],
    ...more,
  });
}

const due = (calendar: WorkingCalendar, limit: string, from: number): number =>
  dueAt(calendar, parseLimit(limit), from).dueAt!;

describe('closures of some places', () => {
  it('never make a due instant earlier, anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(anyClosure, { minLength: 1, maxLength: 6 }),
        anyPlace,
        anyInstant,
        anyLimit,
        (closures, place, from, limit) => {
          const calendar = office(closures);
          expect(due(calendar.at(place), limit, from)).toBeGreaterThanOrEqual(due(calendar, limit, from));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leave a place that nothing names with the answers of the base', () => {
    fc.assert(
      fc.property(fc.array(anyClosure, { maxLength: 6 }), anyInstant, anyLimit, (closures, from, limit) => {
        const calendar = office(closures);
        const elsewhere = calendar.at({ department: 'tax', hall: 'north', district: 'hills' });
        expect(elsewhere).toBe(calendar);
        expect(calendar.at(nowhere)).toBe(calendar);
        expect(due(elsewhere, limit, from)).toBe(due(office([]), limit, from));
      }),
      { numRuns: 60 },
    );
  });

  it('of another department have no effect', () => {
    fc.assert(
      fc.property(
        fc.array(anyClosure, { maxLength: 6 }),
        anyPlace,
        anyInstant,
        anyLimit,
        (closures, place, from, limit) => {
          const others = closures.map((day) => ({
            ...day,
            scope: { ...day.scope, department: 'elsewhere' },
          }));
          expect(due(office(others).at(place), limit, from)).toBe(due(office([]), limit, from));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('change no date, no zone and no horizon', () => {
    fc.assert(
      fc.property(fc.array(anyClosure, { maxLength: 6 }), anyPlace, anyInstant, (closures, place, at) => {
        const calendar = office(closures, { publishedThrough: '2026-12-31' });
        const there = calendar.at(place);
        expect(there.dayOf(at)).toBe(calendar.dayOf(at));
        expect(there.startOfDay(there.dayOf(at))).toBe(calendar.startOfDay(calendar.dayOf(at)));
        expect(there.publishedThrough).toBe(calendar.publishedThrough);
        expect(there.at(nowhere)).toBe(calendar);
      }),
      { numRuns: 60 },
    );
  });

  it('are looked up as a reading of the document from top to bottom finds them', () => {
    fc.assert(
      fc.property(fc.array(anyClosure, { maxLength: 8 }), anyPlace, anyDay, (closures, place, day) => {
        const date = dateTextOf(day);
        const isClosed = closures.some(
          ({ date: first, through, scope }) =>
            date >= first &&
            date <= through &&
            Object.entries(scope).every(([key, name]) => place[key as keyof Place] === name),
        );
        const there = office(closures).at(place);
        expect(there.isWorkingDay(day)).toBe(!isClosed && office([]).isWorkingDay(day));
      }),
      { numRuns: 100 },
    );
  });
});

describe('half a day off', () => {
  it('leaves the hours of the other half, at most all of them, and both halves make the whole day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399 }), (day, second) => {
        const date = dateTextOf(day);
        const half = (halfOff: string): WorkingCalendar => office([{ date, halfOff }]);
        const [morningOff, afternoonOff, whole] = [
          half('morning'),
          half('afternoon'),
          office([{ date: '2026-12-30', off: true }]),
        ];
        const at = whole.startOfDay(day) + second * 1000;
        const isHolidayEntry = date === '2026-10-01';
        const usual = isHolidayEntry ? whole.workingMsOfDay(day - 1) : whole.workingMsOfDay(day);
        expect(morningOff.workingMsOfDay(day) + afternoonOff.workingMsOfDay(day)).toBe(usual);
        const isMorning = second < 43_200;
        expect(morningOff.isOpen(at) && isMorning).toBe(false);
        expect(afternoonOff.isOpen(at) && !isMorning).toBe(false);
        expect(DAY_MS).toBeGreaterThan(morningOff.workingMsOfDay(day));
      }),
      { numRuns: 100 },
    );
  });
});

describe('the precedence of entries', () => {
  const HOUSING: Place = { department: 'housing', hall: 'east', district: 'harbour' };
  const entries: Record<string, CalendarDay> = {
    everywhere: { date: '2026-09-15', off: true, knownSince: '2026-09-14' },
    district: { date: '2026-09-15', hours: [['09:00', '10:00']], scope: { district: 'harbour' }, basis: 'a' },
    hall: { date: '2026-09-15', hours: [['09:00', '11:00']], scope: { hall: 'east' }, basis: 'a' },
    department: {
      date: '2026-09-15',
      hours: [['09:00', '13:00']],
      scope: { department: 'housing' },
      basis: 'a',
    },
  };
  const hoursWith = (names: string[]): number =>
    office(names.map((name) => entries[name]!))
      .at(HOUSING)
      .workingMsOfDay(dayNumberOf('2026-09-15')) / 3_600_000;

  it.each([
    [['everywhere', 'district', 'hall', 'department'], 4],
    [['department', 'hall', 'district', 'everywhere'], 4],
    [['everywhere', 'hall', 'district'], 2],
    [['district', 'everywhere'], 1],
    [['everywhere'], 0],
  ])('takes of %j the narrowest, wherever it stands', (names, hours) => {
    expect(hoursWith(names)).toBe(hours);
  });

  it('takes of two with one scope the latest known, then the one written last', () => {
    const closed = { ...entries.department!, knownSince: '2026-09-10' };
    const open = { date: '2026-09-15', work: true, scope: { department: 'housing' }, basis: 'b' };
    const worked = (days: object[]): boolean =>
      office(days).at(HOUSING).workingMsOfDay(dayNumberOf('2026-09-15')) === 4 * 3_600_000;
    expect(worked([closed, open])).toBe(true);
    expect(worked([open, closed])).toBe(true);
    expect(worked([entries.department!, open])).toBe(false);
  });
});

describe('the hours of a department', () => {
  const calendar = office(
    [
      { date: '2026-09-15', halfOff: 'afternoon' },
      { date: '2026-09-19', work: true },
      { date: '2026-09-16', off: true, scope: { hall: 'east' }, basis: 'a' },
    ],
    {
      departments: {
        market: { weekly: { ...weekdays([['08:00', '18:00']]), sat: [['09:00', '12:00']] } },
        bureau: { weekly: { ...weekdays([['08:00', '18:00']]), sat: [['09:00', '12:00']] } },
      },
    },
  );
  const market = calendar.at({ ...nowhere, department: 'market' });
  const hours = (of: WorkingCalendar, date: string): number =>
    of.workingMsOfDay(dayNumberOf(date)) / 3_600_000;

  it('stand instead of the weekly pattern, and entries for everybody replace them', () => {
    expect(hours(market, '2026-09-14')).toBe(10);
    expect(hours(calendar, '2026-09-14')).toBe(6.5);
    expect(hours(market, '2026-09-15')).toBe(4);
    expect(hours(market, '2026-09-19')).toBe(3);
    expect(hours(calendar, '2026-09-19')).toBe(6.5);
    expect(market.isWorkingDay(dayNumberOf('2026-10-01'))).toBe(false);
  });

  it('hold where the calendar has nothing else that is local', () => {
    const plain = office([], { departments: { market: { weekly: weekdays([['08:00', '18:00']]) } } });
    expect(hours(plain.at({ ...nowhere, department: 'market' }), '2026-09-14')).toBe(10);
  });

  it('are compiled once for all places between which nothing differs', () => {
    expect(calendar.at({ department: 'bureau', hall: 'west', district: 'hills' })).toBe(market);
    const closed = calendar.at({ department: 'market', hall: 'east', district: null });
    expect(closed).not.toBe(market);
    expect(hours(closed, '2026-09-16')).toBe(0);
    expect(calendar.at({ department: 'bureau', hall: 'east', district: 'downtown' })).toBe(closed);
  });
});
