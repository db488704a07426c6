import fc from 'fast-check';

const DAY = 86_400_000;

/** Zones and the days around which something is strange there: changes of clock, at midnight too, and a lost date. */
const PLACES: readonly (readonly [string, string])[] = [
  ['Asia/Shanghai', '2026-09-01'],
  ['Asia/Shanghai', '2026-09-20'],
  ['Asia/Kolkata', '2026-02-10'],
  ['Europe/Amsterdam', '2026-03-20'],
  ['Europe/Amsterdam', '2026-10-15'],
  ['America/New_York', '2026-02-25'],
  ['Australia/Lord_Howe', '2026-03-25'],
  ['Australia/Lord_Howe', '2026-09-24'],
  ['America/Havana', '2026-10-20'],
  ['America/Sao_Paulo', '2018-10-25'],
  ['America/Sao_Paulo', '2018-02-08'],
  ['America/St_Johns', '2010-10-28'],
  ['Pacific/Apia', '2011-12-18'],
];

const HOURS: readonly [string, string][][] = [
  [
    ['09:00', '12:00'],
    ['13:30', '17:00'],
  ],
  [['00:00', '24:00']],
  [
    ['08:00', '11:30'],
    ['12:00', '15:45'],
    ['20:00', '23:59'],
  ],
  [
    ['00:30', '02:15'],
    ['02:30', '03:30'],
    ['23:15', '24:00'],
  ],
  [
    ['09:00', '12:00'],
    ['12:00', '17:00'],
  ],
  [['10:00', '10:01']],
  [['10:00', '16:00']],
];
const anyHours = fc.constantFrom(...HOURS);
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Few names, so that places meet: `elsewhere` has an entry for nobody. */
export const DISTRICTS = ['east', 'west'] as const;
export const HALLS = ['hall-1', 'hall-2'] as const;
export const DEPARTMENTS = ['housing', 'health', 'unlisted'] as const;

const anyScope = fc.constantFrom<Record<string, string>>(
  { district: 'east' },
  { district: 'west' },
  { hall: 'hall-1' },
  { hall: 'hall-2' },
  { department: 'housing' },
  { department: 'health' },
  { district: 'east', hall: 'hall-1' },
  { hall: 'hall-1', department: 'housing' },
  { district: 'west', hall: 'hall-2', department: 'health' },
);

const anyEntry = fc.record({
  offset: fc.integer({ min: -20, max: 90 }),
  length: fc.constantFrom(0, 0, 0, 1, 3, 8),
  entry: fc.oneof(
    fc.constant({ off: true }),
    fc.constant({ work: true }),
    anyHours.map((hours) => ({ hours })),
    fc.constant({ hours: [] }),
    fc.constant({ halfOff: 'morning' }),
    fc.constant({ halfOff: 'afternoon' }),
  ),
  scope: fc.option(anyScope, { nil: undefined, freq: 2 }),
  knownSince: fc.option(fc.constantFrom('2009-01-01', '2009-06-01'), { nil: undefined, freq: 3 }),
});

function weekOf(usual: [string, string][], weekend: string): Record<string, [string, string][]> {
  const weekly: Record<string, [string, string][]> = {};
  WEEKDAYS.forEach((day, index) => {
    if (index < 5 || weekend === 'open' || (index === 5 && weekend === 'saturday')) weekly[day] = usual;
  });
  return weekly;
}
const anyWeek = fc
  .record({
    usual: anyHours,
    weekend: fc.constantFrom('closed', 'saturday', 'open'),
    odd: fc.option(
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(anyHours, fc.constant<[string, string][]>([]))),
      { freq: 3 },
    ),
  })
  .map(({ usual, weekend, odd }) => {
    const weekly = weekOf(usual, weekend);
    if (odd) weekly[WEEKDAYS[odd[0]]!] = odd[1];
    return weekly;
  });

/** A calendar document, not yet parsed, with the day (epoch ms, UTC) around which its cases happen. */
export const anyPlace = fc
  .record({
    place: fc.constantFrom(...PLACES),
    weekly: anyWeek,
    departments: fc.dictionary(
      fc.constantFrom('housing', 'health'),
      anyWeek.map((weekly) => ({ weekly })),
      { maxKeys: 2 },
    ),
    listed: fc.array(anyEntry, { maxLength: 25 }),
    from: fc.option(fc.integer({ min: -10, max: 15 }), { nil: undefined, freq: 2 }),
    through: fc.option(fc.integer({ min: 3, max: 40 }), { nil: undefined, freq: 3 }),
  })
  .map(({ place: [timezone, around], weekly, departments, listed, from, through }) => {
    const start = Date.parse(`${around}T00:00:00Z`);
    const dateOf = (offset: number) => new Date(start + offset * DAY).toISOString().slice(0, 10);
    const days = listed.map(({ offset, length, entry, scope, knownSince }) => ({
      date: dateOf(offset),
      ...(length === 0 ? {} : { through: dateOf(offset + length) }),
      ...entry,
      ...(scope === undefined ? {} : { scope, basis: '停办公告' }),
      ...(knownSince === undefined ? {} : { knownSince }),
    }));
    return {
      start,
      document: {
        calendar: 'any',
        timezone,
        weekly,
        departments: { ...departments },
        days,
        ...(from === undefined ? {} : { publishedFrom: dateOf(from) }),
        ...(through === undefined ? {} : { publishedThrough: dateOf(through) }),
      },
    };
  });
