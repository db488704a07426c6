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
];
const anyHours = fc.constantFrom(...HOURS);
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A calendar document with the day around which its cases happen. */
export const anyPlace = fc
  .record({
    place: fc.constantFrom(...PLACES),
    usual: anyHours,
    weekend: fc.constantFrom('closed', 'saturday', 'open'),
    odd: fc.option(
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(anyHours, fc.constant<[string, string][]>([]))),
      {
        freq: 3,
      },
    ),
    listed: fc.array(
      fc.record({
        offset: fc.integer({ min: -20, max: 90 }),
        entry: fc.oneof(
          fc.constant({ off: true }),
          fc.constant({ work: true }),
          anyHours.map((hours) => ({ hours })),
          fc.constant({ hours: [] }),
        ),
        knownSince: fc.option(fc.constantFrom('2009-01-01', '2009-06-01'), { nil: undefined, freq: 3 }),
      }),
      { maxLength: 25 },
    ),
  })
  .map(({ place: [timezone, around], usual, weekend, odd, listed }) => {
    const weekly: Record<string, [string, string][]> = {};
    WEEKDAYS.forEach((day, index) => {
      if (index < 5 || weekend === 'open' || (index === 5 && weekend === 'saturday')) weekly[day] = usual;
    });
    if (odd) weekly[WEEKDAYS[odd[0]]!] = odd[1];
    const start = Date.parse(`${around}T00:00:00Z`);
    const days = listed.map(({ offset, entry, knownSince }) => ({
      date: new Date(start + offset * DAY).toISOString().slice(0, 10),
      ...entry,
      ...(knownSince === undefined ? {} : { knownSince }),
    }));
    return { around, start, document: { calendar: 'any', timezone, weekly, days } };
  });

const count = (max: number) => fc.integer({ min: 0, max });
export const anyWrittenLimit = fc.oneof(
  fc.tuple(count(12), fc.constantFrom('wd', 'wd@time', 'd', 'd!', 'd@time', 'd!@time')).map(written),
  fc.tuple(count(40), fc.constantFrom('wh', 'h')).map(written),
  fc.tuple(count(900), fc.constantFrom('wm', 'ws')).map(written),
);
const anyThreshold = fc.oneof(
  fc.tuple(count(4), fc.constantFrom('wd', 'd', 'wh', 'h')).map(written),
  fc.tuple(count(200), fc.constantFrom('wm', 'ws')).map(written),
  fc.constantFrom('0%', '5%', '20%', '33%', '50%', '100%'),
);
const anyRedAfter = fc.oneof(
  fc.constant('never'),
  fc.constant('0wd'),
  fc.tuple(count(4), fc.constantFrom('wd', 'wd@time', 'd', 'd!', 'd!@time', 'wh', 'h')).map(written),
);
const anyThresholds = fc.array(anyThreshold, { maxLength: 3 });
const lights = { yellowBefore: anyThresholds, redAfter: anyRedAfter };
const anyClockRule = fc.oneof(
  anyWrittenLimit,
  fc.record({ limit: anyWrittenLimit, ...lights }, { requiredKeys: ['limit'] }),
);
const ITEM_CLASSES = ['promised', 'on-the-spot', 'joint', 'forwarded', 'convenience'] as const;
const maybe = <T>(rule: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: rule }, { weight: 1, arbitrary: fc.constant('none') });
const maybeCarried = fc.oneof(
  { weight: 5, arbitrary: maybe(anyClockRule) },
  { weight: 2, arbitrary: fc.constant('carried') },
);
const anyItem = fc.record(
  {
    name: fc.constant('事项'),
    class: fc.constantFrom(...ITEM_CLASSES),
    acceptance: maybe(anyClockRule),
    promise: maybeCarried,
    statutory: maybeCarried,
    delivery: maybe(anyClockRule),
    extensionMaxDays: count(8),
    steps: fc.record(
      {
        review: fc.record({ limit: anyWrittenLimit, ...lights }, { requiredKeys: [] }),
        approve: fc.record({ limit: anyWrittenLimit }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['name'] },
);
const anySwitches = fc.record(
  {
    overPromise: fc.constantFrom('red', 'yellow'),
    yellowBefore: anyThresholds,
    promiseCounting: fc.constantFrom('wd', 'wd@time'),
    suspensionCounting: fc.constantFrom('wd', 'wd@time'),
    suspensionYellowBefore: anyThresholds,
    suspensionRedAfter: anyRedAfter,
  },
  { requiredKeys: [] },
);

/** One or two versions of a ruleset with one item, `A`; the second in force from some days into the case. */
export const anyRulesets = fc
  .tuple(anySwitches, anyItem, fc.option(fc.tuple(anyItem, count(20)), { freq: 3 }))
  .map(([switches, item, second]) => (start: number): unknown[] => {
    const version = (number: number, from: number, rules: unknown) => ({
      ruleset: 'any',
      version: String(number),
      inForceFrom: new Date(from).toISOString().slice(0, 10),
      calendar: 'any',
      switches,
      items: { A: rules },
    });
    const first = version(1, start - 100 * DAY, item);
    return second === null ? [first] : [first, version(2, start + second[1] * DAY, second[0])];
  });

function written([n, unit]: [number, string]): string {
  return `${n}${unit}`;
}
