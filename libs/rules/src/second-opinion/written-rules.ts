import type { ClockRule, ItemRule, RulesetDocument } from '@mingjian/contracts';

/** One clock's rule with every default filled in. */
export interface WrittenRule {
  limit: string;
  yellowBefore: readonly string[];
  redAfter: string;
}

/** What the ruleset says of a clock: a rule, `none`, or nothing at all (undefined). */
export type Said = WrittenRule | 'none' | undefined;

/** A clock that is there only by a rule. */
export type Named = WrittenRule | 'none';

/** A step that is timed. */
export interface StepRules {
  rule: WrittenRule;
  department: string | undefined;
  /** 缺席默认: the limit within which what passed by silence is to be issued; null where silence passes nothing. */
  issuance: WrittenRule | null;
}

/** The rules of one item under one ruleset document. @see README of this library: Ruleset document, Clocks. */
export interface ItemRules {
  acceptance: Named;
  promise: Said;
  statutory: Named;
  forwarding: Named;
  renewal: Named;
  inspection: Named;
  hearing: Named;
  hearingNotice: Named;
  delivery: Named;
  ratingContact: Named;
  rectification: Named;
  /** 超时默许: the clock that grants when it runs out, and the limit of issuing what it granted. */
  silence: { clock: 'promise' | 'statutory'; issuance: WrittenRule } | null;
  /** 行政许可法 50 and 44: what silence renewed is issued within ten working days. */
  renewalIssuance: WrittenRule;
  extensionMaxDays: number;
  /** The time of day from which a promise of `0wd` is one of `1wd`; undefined: none. */
  cutOff: string | undefined;
  steps: ReadonlyMap<string, StepRules>;
}

type Lights = { yellowBefore?: readonly string[] | undefined; redAfter?: string | undefined };

/** 行政许可法 32 (acceptance), 42 (statutory, extension), 43 (forwarding), 44 (delivery), 47, 48 (hearing). */
export function rulesOf({ switches, classes }: RulesetDocument, item: ItemRule): ItemRules {
  const isAtOnce = item.class === 'on-the-spot' || item.class === 'convenience';
  const isJoint = item.class === 'joint';
  const isForwarded = item.class === 'forwarded';
  const ofClass = classes[item.class];
  const lit = (limit: string, ...said: (Lights | undefined)[]): WrittenRule => ({
    limit,
    yellowBefore:
      said.find((rule) => rule?.yellowBefore !== undefined)?.yellowBefore ?? switches.yellowBefore,
    redAfter: said.find((rule) => rule?.redAfter !== undefined)?.redAfter ?? '0wd',
  });
  // A clock's own rule, else its class, else the site.
  const rule = (said: Partial<ClockRule> & { limit: string }): WrittenRule => lit(said.limit, said, ofClass);
  const clock = (
    said: ClockRule | 'carried' | 'none' | undefined,
    unsaid?: Partial<ClockRule> & { limit: string },
  ): Named => {
    if (said === 'carried') return rule({ limit: 'carried' });
    const meant = said ?? unsaid;
    return meant === undefined || meant === 'none' || meant.enabled === false ? 'none' : rule(meant);
  };
  const rating = (said: ClockRule | 'none'): Named =>
    said === 'none' || said.enabled === false ? 'none' : lit(said.limit, said);
  // On the spot a working hour before closing is soon enough, unless the class says otherwise.
  const promise: Said =
    item.promise === undefined && !isAtOnce
      ? undefined
      : clock(item.promise, {
          limit: '0wd',
          yellowBefore: ofClass?.yellowBefore ?? ['1wh'],
        });
  if (promise !== undefined && promise !== 'none') {
    promise.limit = asPromised(promise.limit, switches.promiseCounting);
    if (switches.overPromise === 'yellow') promise.redAfter = 'never';
  }
  const statutory = isForwarded ? undefined : { limit: isJoint ? '45wd' : '20wd' };
  return {
    acceptance: clock(item.acceptance, isAtOnce ? undefined : { limit: '5wd' }),
    promise,
    statutory: clock(item.statutory, statutory),
    forwarding: clock(item.forwarding, isForwarded ? { limit: '20wd' } : undefined),
    renewal: item.renewal === 'none' ? 'none' : rule({ limit: 'carried' }),
    inspection: clock(item.inspection),
    hearing: clock(item.hearing, { limit: '20wd' }),
    hearingNotice: clock(item.hearingNotice, { limit: '13wd' }),
    delivery: clock(item.delivery, isAtOnce ? undefined : { limit: '10wd' }),
    ratingContact: rating(switches.ratings.contact),
    rectification: rating(switches.ratings.rectification),
    silence: item.silence
      ? { clock: item.silence.clock, issuance: rule({ limit: item.silence.issueWithin }) }
      : null,
    renewalIssuance: rule({ limit: '10wd' }),
    extensionMaxDays: item.extensionMaxDays ?? (isJoint ? 15 : 10),
    cutOff: isAtOnce ? switches.onTheSpotCutOff : undefined,
    steps: new Map(
      Object.entries(item.steps ?? {}).flatMap(
        ([code, { limit, enabled, department, silence, ...lights }]) =>
          limit === undefined || enabled === false
            ? []
            : [
                [
                  code,
                  {
                    rule: rule({ ...lights, limit }),
                    department,
                    issuance: silence ? rule({ limit: silence.issueWithin }) : null,
                  },
                ] as const,
              ],
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
