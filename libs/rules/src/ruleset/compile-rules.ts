import type { ClockRule, ItemClass, ItemRule, RulesetDocument } from '@mingjian/contracts';
import type { Limit } from '../calendar';
import { dayNumberOf, parseLimit } from '../calendar';

/** When yellow comes on, measured back from the due instant: a limit, or a share of the clock's own limit. */
export type Threshold = { percent: number } | { limit: Limit };

/** A clock's rule, compiled. */
export interface CompiledClockRule {
  /** `carried`: the due instant or limit that the case itself carries. */
  limit: Limit | 'carried';
  yellowBefore: Threshold[];
  /** Red comes on this long after the due instant; never when null. */
  redAfter: Limit | null;
  /** Key of the rule in its ruleset, for the explanation: `items.A0101.promise`. */
  key: string;
}

/** `undefined`: the ruleset says nothing (which is a finding); null: no such clock, on purpose. */
type MaybeClock = CompiledClockRule | null | undefined;

export interface CompiledStep {
  /** Place in the order of the procedure, 0 for the first. */
  order: number;
  name: string | null;
  post: string | null;
  rule: CompiledClockRule | null;
}

/** 审批事项 compiled, with the defaults of its class filled in. */
export interface CompiledItem {
  code: string;
  name: string;
  itemClass: ItemClass;
  department: string | null;
  acceptance: MaybeClock;
  promise: MaybeClock;
  statutory: MaybeClock;
  delivery: MaybeClock;
  extensionMaxDays: number;
  /** The most that a case may be charged, in yuan; 0 for a free item, null where the ruleset says nothing. */
  feeStandard: number | null;
  /** 超时默许 of the decision; null where silence grants nothing. */
  silence: NonNullable<ItemRule['silence']> | null;
  /** Null where steps are recorded but not supervised. */
  steps: Map<string, CompiledStep> | null;
}

export interface CompiledRuleset {
  id: string;
  version: string;
  inForceFrom: string;
  /** The same as a day number, local to the calendar. */
  inForceFromDay: number;
  calendar: string;
  document: RulesetDocument;
  items: Map<string, CompiledItem>;
  suspension: { atTime: boolean; yellowBefore: Threshold[]; redAfter: Limit | null };
}

/** 行政许可法: acceptance Art. 32, decision Art. 42, delivery Art. 44. Joint handling (联办) has 45 working days. */
const STATUTORY_DEFAULT: Record<ItemClass, string> = {
  promised: '20wd',
  'on-the-spot': '20wd',
  joint: '45wd',
  forwarded: '20wd',
  convenience: '20wd',
};
const ACCEPTANCE_DEFAULT = '5wd';
const DELIVERY_DEFAULT = '10wd';
/** 即办件 are decided while the applicant waits: supervised to the end of the day, warned in its last working hour. */
const ON_THE_SPOT_PROMISE: ClockRule = { limit: '0wd', yellowBefore: ['1wh'] };

/** Compiles a checked ruleset document. Pure; cheap enough to do at every reload. */
export function compileRuleset(document: RulesetDocument): CompiledRuleset {
  const { switches } = document;
  return {
    id: document.ruleset,
    version: document.version,
    inForceFrom: document.inForceFrom,
    inForceFromDay: dayNumberOf(document.inForceFrom),
    calendar: document.calendar,
    document,
    items: new Map(
      Object.entries(document.items).map(([code, item]) => [code, compileItem(document, code, item)]),
    ),
    suspension: {
      atTime: switches.suspensionCounting === 'wd@time',
      yellowBefore: (switches.suspensionYellowBefore ?? switches.yellowBefore).map(threshold),
      redAfter: redAfter(switches.suspensionRedAfter),
    },
  };
}

function compileItem(document: RulesetDocument, code: string, item: ItemRule): CompiledItem {
  const { switches } = document;
  const isImmediate = item.class === 'on-the-spot' || item.class === 'convenience';
  const clock = (
    name: string,
    rule: ClockRule | 'carried' | 'none' | undefined,
    fallback?: ClockRule,
  ): MaybeClock => {
    const written = rule ?? fallback;
    if (written === undefined) return undefined;
    if (written === 'none') return null;
    const parts: ClockRule = written === 'carried' ? { limit: 'carried' } : written;
    return compileClock(`items.${code}.${name}`, parts, switches.yellowBefore);
  };
  const promise = clock('promise', item.promise, isImmediate ? ON_THE_SPOT_PROMISE : undefined);
  if (promise) {
    if (switches.overPromise === 'yellow') promise.redAfter = null;
    if (promise.limit !== 'carried') promise.limit = promisedLimit(promise.limit, switches);
  }
  return {
    code,
    name: item.name,
    itemClass: item.class,
    department: item.department ?? null,
    acceptance:
      clock('acceptance', item.acceptance, isImmediate ? undefined : { limit: ACCEPTANCE_DEFAULT }) ?? null,
    promise,
    statutory: clock('statutory', item.statutory, { limit: STATUTORY_DEFAULT[item.class] }),
    delivery: clock('delivery', item.delivery, isImmediate ? undefined : { limit: DELIVERY_DEFAULT }) ?? null,
    extensionMaxDays: item.extensionMaxDays ?? (item.class === 'joint' ? 15 : 10),
    feeStandard: item.fee === undefined ? null : item.fee === 'none' ? 0 : item.fee.standard,
    silence: item.silence ?? null,
    steps:
      item.steps === undefined
        ? null
        : new Map(
            Object.entries(item.steps).map(([step, rule], order) => [
              step,
              {
                order,
                name: rule.name ?? null,
                post: rule.post ?? null,
                rule:
                  rule.limit === undefined
                    ? null
                    : compileClock(
                        `items.${code}.steps.${step}`,
                        { ...rule, limit: rule.limit },
                        switches.yellowBefore,
                      ),
              },
            ]),
          ),
  };
}

function compileClock(key: string, rule: ClockRule, yellowBefore: readonly string[]): CompiledClockRule {
  return {
    key,
    limit: rule.limit === 'carried' ? 'carried' : parseLimit(rule.limit),
    yellowBefore: (rule.yellowBefore ?? yellowBefore).map(threshold),
    redAfter: redAfter(rule.redAfter ?? '0wd'),
  };
}

function threshold(text: string): Threshold {
  return text.endsWith('%') ? { percent: Number(text.slice(0, -1)) } : { limit: parseLimit(text) };
}

function redAfter(text: string): Limit | null {
  return text === 'never' ? null : parseLimit(text);
}

/**
 * A promise in working days as the site counts promises: to the hour with `promiseCounting: wd@time`. A promise of no
 * day at all has no hour to keep and stays at the end of the day.
 */
export function promisedLimit(
  limit: Limit,
  { promiseCounting }: Pick<RulesetDocument['switches'], 'promiseCounting'>,
): Limit {
  const isToTheHour = promiseCounting === 'wd@time' && limit.unit === 'working-day' && limit.amount > 0;
  return isToTheHour && !limit.atTime ? parseLimit(`${limit.text}@time`) : limit;
}
