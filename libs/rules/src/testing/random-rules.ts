import fc from 'fast-check';
import { DEPARTMENTS, DISTRICTS, HALLS } from './random-calendars';

const DAY = 86_400_000;

const count = (max: number) => fc.integer({ min: 0, max });
const limitUpTo = (days: number) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(count(days), fc.constantFrom('wd', 'wd', 'wd@time', 'd', 'd!', 'd@time', 'd!@time'))
        .map(written),
    },
    { weight: 1, arbitrary: fc.tuple(count(4 * days), fc.constantFrom('wh', 'h')).map(written) },
    { weight: 1, arbitrary: fc.tuple(count(75 * days), fc.constantFrom('wm', 'ws')).map(written) },
  );
export const anyWrittenLimit = limitUpTo(12);
const anyShortLimit = limitUpTo(5);

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
/** One in eight is switched off. */
const isEnabled = count(7).map((n) => n > 0);
const lights = { yellowBefore: anyThresholds, redAfter: anyRedAfter };
const ruleOf = (limit: fc.Arbitrary<string>) =>
  fc.oneof(
    limit,
    fc.record({ limit, ...lights }, { requiredKeys: ['limit'] }),
    fc.record({ limit, ...lights, enabled: isEnabled }, { requiredKeys: ['limit'] }),
  );
const weighted = <T>(...parts: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const anyRule = ruleOf(anyWrittenLimit);
const maybe = weighted<unknown>([5, anyRule], [1, fc.constant('none')]);
const maybeCarried = weighted<unknown>([3, maybe], [1, fc.constant('carried')]);
const anySilence = fc.record(
  { basis: fc.constant('本市规定'), issueWithin: anyShortLimit },
  { requiredKeys: ['basis'] },
);

const ITEM_CLASSES = ['promised', 'on-the-spot', 'joint', 'forwarded', 'convenience'] as const;
const anyStep = fc.record(
  { limit: anyShortLimit, ...lights, silence: anySilence, department: fc.constantFrom(...DEPARTMENTS) },
  { requiredKeys: [] },
);
const anyItem = fc
  .record(
    {
      name: fc.constant('事项'),
      class: fc.constantFrom(...ITEM_CLASSES),
      enabled: count(24).map((n) => n > 0),
      department: fc.constantFrom(...DEPARTMENTS),
      acceptance: weighted<unknown>([5, ruleOf(anyShortLimit)], [1, fc.constant('none')]),
      promise: maybeCarried,
      statutory: maybeCarried,
      delivery: maybe,
      forwarding: maybe,
      renewal: fc.constantFrom('silence-grants', 'silence-grants', 'none'),
      inspection: maybe,
      hearing: maybe,
      hearingNotice: maybe,
      extensionMaxDays: count(8),
      silence: fc
        .tuple(anySilence, fc.constantFrom('promise', 'statutory'))
        .map(([silence, clock]) => ({ ...silence, clock })),
      steps: fc.record(
        { review: anyStep, approve: fc.record({ limit: anyWrittenLimit, enabled: isEnabled }) },
        { requiredKeys: ['review'] },
      ),
      isAtOnce: count(9).map((n) => n === 0),
    },
    { requiredKeys: ['name', 'isAtOnce'] },
  )
  // Few cases would have a promise of no day at all, which is what the cut-off is about.
  .map(({ isAtOnce, ...item }) =>
    isAtOnce ? { ...item, class: 'on-the-spot', promise: '0wd', enabled: true } : item,
  );

const anySwitches = fc.record(
  {
    overPromise: fc.constantFrom('red', 'yellow'),
    yellowBefore: anyThresholds,
    promiseCounting: fc.constantFrom('wd', 'wd@time'),
    suspensionCounting: fc.constantFrom('wd', 'wd@time'),
    suspensionYellowBefore: anyThresholds,
    suspensionRedAfter: anyRedAfter,
    onTheSpotCutOff: fc.constantFrom('00:00', '10:00', '12:00', '16:30', '23:59'),
    renewalAppliedBefore: limitUpTo(6),
    ratings: fc.record(
      {
        badFrom: fc.integer({ min: 1, max: 4 }),
        contact: weighted<unknown>([8, ruleOf(anyShortLimit)], [1, fc.constant('none')]),
        rectification: weighted<unknown>([8, anyRule], [1, fc.constant('none')]),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const anySeat = fc.record(
  { name: fc.constant('部门'), district: fc.constantFrom(...DISTRICTS), hall: fc.constantFrom(...HALLS) },
  { requiredKeys: ['name'] },
);
const anySite = fc.record(
  {
    switches: anySwitches,
    departments: fc.record({ housing: anySeat, health: anySeat }, { requiredKeys: [] }),
    classes: fc.dictionary(fc.constantFrom(...ITEM_CLASSES), fc.record(lights, { requiredKeys: [] }), {
      maxKeys: 3,
    }),
  },
  { requiredKeys: ['switches'] },
);

/** One or two versions of a ruleset with one item, `A`; the second in force from some days into the case. */
export const anyRulesets = fc
  .tuple(anySite, anyItem, fc.option(fc.tuple(anyItem, count(20)), { freq: 3 }))
  .map(([site, item, second]) => (start: number): unknown[] => {
    const version = (number: number, from: number, rules: unknown) => ({
      ruleset: 'any',
      version: String(number),
      inForceFrom: new Date(from).toISOString().slice(0, 10),
      calendar: 'any',
      ...site,
      classes: { ...site.classes },
      items: { A: rules },
    });
    const first = version(1, start - 100 * DAY, item);
    return second === null ? [first] : [first, version(2, start + second[1] * DAY, second[0])];
  });

function written([n, unit]: [number, string]): string {
  return `${n}${unit}`;
}
