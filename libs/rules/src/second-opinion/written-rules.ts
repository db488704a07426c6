import type { ClockRule, ItemRule, RulesetDocument } from '@mingjian/contracts';

/** One clock's rule with every default filled in. */
export interface WrittenRule {
  limit: string;
  yellowBefore: readonly string[];
  redAfter: string;
}

/** What the ruleset says of a clock: a rule, `none`, or nothing at all (undefined). */
export type Said = WrittenRule | 'none' | undefined;

/** The rules of one item under one ruleset document. @see README of this library: Ruleset document, Clocks. */
export interface ItemRules {
  acceptance: Said;
  promise: Said;
  statutory: Said;
  delivery: Said;
  extensionMaxDays: number;
  /** Null where steps are recorded and not timed. */
  steps: ReadonlyMap<string, WrittenRule> | null;
}

/** 行政许可法 32 (acceptance), 42 (statutory, extension), 44 (delivery). */
export function rulesOf({ switches }: RulesetDocument, item: ItemRule): ItemRules {
  const isAtOnce = item.class === 'on-the-spot' || item.class === 'convenience';
  const isJoint = item.class === 'joint';
  const rule = (said: Partial<ClockRule> & { limit: string }): WrittenRule => ({
    limit: said.limit,
    yellowBefore: said.yellowBefore ?? switches.yellowBefore,
    redAfter: said.redAfter ?? '0wd',
  });
  const clock = (said: ClockRule | 'carried' | 'none' | undefined, unsaid: ClockRule | undefined): Said => {
    if (said === 'none') return 'none';
    if (said === 'carried') return rule({ limit: 'carried' });
    return said === undefined ? unsaid && rule(unsaid) : rule(said);
  };
  const promise = clock(item.promise, isAtOnce ? { limit: '0wd', yellowBefore: ['1wh'] } : undefined);
  if (promise !== undefined && promise !== 'none') {
    promise.limit = asPromised(promise.limit, switches.promiseCounting);
    if (switches.overPromise === 'yellow') promise.redAfter = 'never';
  }
  return {
    acceptance: clock(item.acceptance, isAtOnce ? undefined : { limit: '5wd' }) ?? 'none',
    promise,
    statutory: clock(item.statutory, { limit: isJoint ? '45wd' : '20wd' }),
    delivery: clock(item.delivery, isAtOnce ? undefined : { limit: '10wd' }) ?? 'none',
    extensionMaxDays: item.extensionMaxDays ?? (isJoint ? 15 : 10),
    steps:
      item.steps === undefined
        ? null
        : new Map(
            Object.entries(item.steps).flatMap(([code, { limit, ...lights }]) =>
              limit === undefined ? [] : [[code, rule({ ...lights, limit })] as const],
            ),
          ),
  };
}

/** Suspensions against the days applied for. */
export function suspensionRule({ switches }: RulesetDocument, daysApplied: number): WrittenRule {
  return {
    limit: `${daysApplied}${switches.suspensionCounting}`,
    yellowBefore: switches.suspensionYellowBefore ?? switches.yellowBefore,
    redAfter: switches.suspensionRedAfter,
  };
}

/** `switches.promiseCounting: wd@time`: promises in working days to the hour; no day at all has no hour to keep. */
export function asPromised(limit: string, counting: 'wd' | 'wd@time'): string {
  return counting === 'wd@time' && /^0*[1-9]\d*wd$/.test(limit) ? `${limit}@time` : limit;
}
