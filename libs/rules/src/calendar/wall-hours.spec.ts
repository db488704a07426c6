import type { CalendarDay, CalendarDocument } from '@mingjian/contracts';
import { CalendarDocument as CalendarSchema } from '@mingjian/contracts';
import { weekdays } from '../testing/builders';
import { dayNumberOf } from './local-date';
import { withoutHalf, WrittenHours } from './wall-hours';

const MORNING: [string, string] = ['09:00', '12:00'];
const AFTERNOON: [string, string] = ['13:30', '17:00'];

/** Hours of Monday to Friday, 09:00–12:00 and 13:30–17:00 unless said otherwise, with entries. */
function hoursOf(
  days: unknown[],
  weekly: Record<string, unknown> = weekdays([MORNING, AFTERNOON]),
): WrittenHours {
  const document: CalendarDocument = CalendarSchema.parse({ calendar: 'x', timezone: 'UTC', weekly, days });
  return new WrittenHours(document.weekly, document.days);
}

/** `09:00–12:00 13:30–17:00`; 14 September 2026 is a Monday. */
function shown(hours: WrittenHours, date: string): string {
  const time = (ms: number): string =>
    new Date(ms)
      .toISOString()
      .slice(11, 16)
      .replace('00:00', ms > 0 ? '24:00' : '00:00');
  const pattern = hours.patternOn(dayNumberOf(date));
  return Array.from(
    { length: pattern.length / 2 },
    (_, i) => `${time(pattern[2 * i]!)}–${time(pattern[2 * i + 1]!)}`,
  ).join(' ');
}

const USUAL = '09:00–12:00 13:30–17:00';

describe('the hours of a date', () => {
  it('are those of its weekday', () => {
    const hours = hoursOf([], { mon: [MORNING], tue: [AFTERNOON], sun: [['00:00', '24:00']] });
    expect(['14', '15', '16', '20'].map((day) => shown(hours, `2026-09-${day}`))).toEqual([
      '09:00–12:00',
      '13:30–17:00',
      '',
      '00:00–24:00',
    ]);
    expect(hours.isWorked(dayNumberOf('2026-09-14'))).toBe(true);
    expect(hours.isWorked(dayNumberOf('2026-09-16'))).toBe(false);
    expect(hours.entryOf(dayNumberOf('2026-09-14'))).toBeUndefined();
  });

  it.each<[string, object, string, string]>([
    ['closed', { off: true }, '', ''],
    ['worked, on a weekday as usual, else with the usual hours', { work: true }, USUAL, USUAL],
    ['with hours of their own', { hours: [['10:00', '11:00']] }, '10:00–11:00', '10:00–11:00'],
    ['with no hours', { hours: [] }, '', ''],
    ['without the morning', { halfOff: 'morning' }, '13:30–17:00', ''],
    ['without the afternoon', { halfOff: 'afternoon' }, '09:00–12:00', ''],
  ])('are what an entry says: %s', (_what, entry, onMonday, onSaturday) => {
    const hours = hoursOf([
      { date: '2026-09-14', ...entry },
      { date: '2026-09-19', ...entry },
    ]);
    expect(shown(hours, '2026-09-14')).toBe(onMonday);
    expect(shown(hours, '2026-09-19')).toBe(onSaturday);
    expect(shown(hours, '2026-09-15')).toBe(USUAL);
    expect(hours.entryOf(dayNumberOf('2026-09-14'))).toMatchObject({ date: '2026-09-14' });
  });

  it('are those of a stretch from its first day through its last', () => {
    const hours = hoursOf([{ date: '2026-09-15', through: '2026-09-17', off: true }]);
    expect(['14', '15', '16', '17', '18'].map((day) => shown(hours, `2026-09-${day}`))).toEqual([
      USUAL,
      '',
      '',
      '',
      USUAL,
    ]);
  });

  it('end with the year 2400, however far a stretch goes', () => {
    const hours = hoursOf([{ date: '2399-12-30', through: '9999-12-31', off: true }]);
    expect(shown(hours, '2399-12-31')).toBe('');
  });

  it('are whole where intervals touch', () => {
    expect(shown(hoursOf([], weekdays([MORNING, ['12:00', '17:00']])), '2026-09-14')).toBe('09:00–17:00');
    expect(shown(hoursOf([], weekdays([MORNING, ['12:01', '17:00']])), '2026-09-14')).toBe(
      '09:00–12:00 12:01–17:00',
    );
  });
});

describe('the usual hours of a make-up day', () => {
  const onSunday = (weekly: Record<string, unknown>): string =>
    shown(hoursOf([{ date: '2026-09-20', work: true }], weekly), '2026-09-20');

  it('are those that most weekdays have, wherever they stand', () => {
    expect(onSunday({ mon: [MORNING], tue: [AFTERNOON], wed: [AFTERNOON] })).toBe('13:30–17:00');
    expect(onSunday({ mon: [MORNING], tue: [AFTERNOON], fri: [MORNING] })).toBe('09:00–12:00');
  });

  it('are those of the earlier weekday where two are as frequent', () => {
    expect(onSunday({ mon: [MORNING], tue: [AFTERNOON] })).toBe('09:00–12:00');
    expect(onSunday({ mon: [AFTERNOON], tue: [MORNING], wed: [MORNING], thu: [AFTERNOON] })).toBe(
      '13:30–17:00',
    );
  });

  it('are not asked for on a weekday that has hours of its own', () => {
    const weekly = { mon: [MORNING], tue: [AFTERNOON], wed: [AFTERNOON] };
    expect(shown(hoursOf([{ date: '2026-09-14', work: true }], weekly), '2026-09-14')).toBe('09:00–12:00');
  });

  it('are none where no day is worked', () => {
    expect(onSunday({})).toBe('');
  });
});

describe('of several entries for one date', () => {
  const entry = (hour: number, more: object = {}): object => ({
    date: '2026-09-14',
    hours: [[`${String(hour).padStart(2, '0')}:00`, `${hour + 1}:00`]],
    ...more,
  });
  const chosen = (...days: object[]): string => shown(hoursOf(days), '2026-09-14').slice(0, 2);
  const scope = (scoped: object): object => ({ scope: scoped, basis: '通告' });

  it.each<[string, object, object]>([
    ['a department over none', scope({ department: 'd' }), {}],
    ['a hall over none', scope({ hall: 'h' }), {}],
    ['a district over none', scope({ district: 'x' }), {}],
    ['a department over hall and district', scope({ department: 'd' }), scope({ hall: 'h', district: 'x' })],
    ['a hall over a district', scope({ hall: 'h' }), scope({ district: 'x' })],
    [
      'a department in a hall over a department',
      scope({ department: 'd', hall: 'h' }),
      scope({ department: 'd' }),
    ],
    ['a hall in a district over a hall', scope({ hall: 'h', district: 'x' }), scope({ hall: 'h' })],
    ['a narrower one over one known later', scope({ district: 'x' }), { knownSince: '2026-09-01' }],
    ['of equal scope the one known later', { knownSince: '2026-09-02' }, { knownSince: '2026-09-01' }],
    ['one known since a day over one always known', { knownSince: '2026-09-01' }, {}],
  ])('counts %s, in whatever order they stand', (_what, winner, loser) => {
    expect(chosen(entry(10, winner), entry(12, loser))).toBe('10');
    expect(chosen(entry(12, loser), entry(10, winner))).toBe('10');
  });

  it('equal in scope and knowledge counts the one written last', () => {
    expect(chosen(entry(10), entry(12))).toBe('12');
    const known = { knownSince: '2026-09-01' };
    expect(chosen(entry(10, known), entry(12, known))).toBe('12');
  });
});

describe('half a day off', () => {
  const pattern = (...times: number[]): number[] => times.map((hour) => hour * 3_600_000);

  it.each<[number[], number[], number[]]>([
    [
      [9, 12, 13.5, 17],
      [13.5, 17],
      [9, 12],
    ],
    [
      [9, 17],
      [12, 17],
      [9, 12],
    ],
    [[12, 17], [12, 17], []],
    [[9, 12], [], [9, 12]],
    [[], [], []],
  ])('of %j leaves %j without the morning and %j without the afternoon', (hours, afternoon, morning) => {
    expect(withoutHalf(pattern(...hours), 'morning')).toEqual(pattern(...afternoon));
    expect(withoutHalf(pattern(...hours), 'afternoon')).toEqual(pattern(...morning));
  });
});

describe('an entry', () => {
  it('is told for every day of its stretch', () => {
    const stretch: Partial<CalendarDay> = { date: '2026-09-15', through: '2026-09-16', name: '停办' };
    const hours = hoursOf([{ ...stretch, off: true }]);
    for (const date of ['2026-09-15', '2026-09-16'])
      expect(hours.entryOf(dayNumberOf(date))).toMatchObject({ name: '停办' });
    expect(hours.entryOf(dayNumberOf('2026-09-17'))).toBeUndefined();
  });
});
