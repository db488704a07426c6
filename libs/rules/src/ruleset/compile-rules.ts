import type { ItemClass, ItemRule, RulesetDocument } from '@mingjian/contracts';
import type { Limit } from '../calendar';
import { dayNumberOf, parseLimit, timeOfDayMs } from '../calendar';
import type { CompiledClockRule, Lights, MaybeClock, WrittenRule } from './compile-clock';
import { compileClock, compileOwn, redAfter, threshold } from './compile-clock';
import type { CompiledStep } from './compile-steps';
import { compileSteps } from './compile-steps';

export type { CompiledClockRule, Threshold } from './compile-clock';
export type { CompiledStep } from './compile-steps';

/** 审批事项 compiled, with the defaults of its class filled in. */
export interface CompiledItem {
  code: string;
  name: string;
  itemClass: ItemClass;
  department: string | null;
  /** False: not supervised, on purpose. */
  isEnabled: boolean;
  acceptance: MaybeClock;
  promise: MaybeClock;
  statutory: MaybeClock;
  delivery: MaybeClock;
  /** 初审上报 (Art. 35, 43). */
  forwarding: CompiledClockRule | null;
  /** 指派检验人员 (Art. 55). */
  inspection: CompiledClockRule | null;
  /** 听证 (Art. 47) and its notice (Art. 48). */
  hearing: CompiledClockRule | null;
  hearingNotice: CompiledClockRule | null;
  /** 延续 (Art. 50): the clock of the instant that the case carries, and what is to be issued; null where it is none. */
  renewal: { clock: CompiledClockRule; issuance: CompiledClockRule } | null;
  extensionMaxDays: number;
  /** The most that a case may be charged, in yuan; 0 for a free item, null where the ruleset says nothing. */
  feeStandard: number | null;
  /** 超时默许 of the decision; null where silence grants nothing. */
  silence: CompiledSilence | null;
  /** Null where steps are recorded but not supervised. */
  steps: Map<string, CompiledStep> | null;
  /** Each step comes after the one written before it: no `after` says otherwise. */
  areStepsInLine: boolean;
}

/** Silence of the decision clocks: on what ground, of which clock, and the clock of what is to be issued then. */
export interface CompiledSilence {
  basis: string;
  clock: 'promise' | 'statutory';
  issuance: CompiledClockRule;
}

/** What of the suspensions of a case is worth a look; null where nobody wants to know. Shares are 0 to 1. */
export interface SuspensionSigns {
  lateShare: number | null;
  mostShare: number | null;
  /** So many short suspensions. */
  pieces: number | null;
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
  suspension: CompiledClockRule & { atTime: boolean };
  /** The longest that a suspension may last, by its ground; null where no ground has a maximum. */
  suspensionMaximum: ReadonlyMap<string, Limit> | null;
  suspensionSigns: SuspensionSigns;
  /** 好差评: null where there is no such clock. */
  ratings: { badFrom: number; contact: CompiledClockRule | null; rectification: CompiledClockRule | null };
  renewalAppliedBefore: Limit;
  /** 即办件 accepted from this time of day on (ms since midnight) have until the end of the next working day. */
  onTheSpotCutOffMs: number | null;
}

/**
 * 行政许可法: acceptance Art. 32, decision Art. 42, delivery Art. 44. Joint handling (联办) has 45 working days; what is
 * forwarded (上报) is decided by another organ, and its first review has a clock of its own (Art. 43).
 */
const STATUTORY_DEFAULT: Record<ItemClass, string | null> = {
  promised: '20wd',
  'on-the-spot': '20wd',
  joint: '45wd',
  forwarded: null,
  convenience: '20wd',
};
const FORWARDING_DEFAULT = '20wd';
const HEARING_DEFAULT = '20wd';
/** Art. 48 wants notice 7 days before the hearing, Art. 47 the hearing within 20: later than this is too late for both. */
const HEARING_NOTICE_DEFAULT = '13wd';
/** Art. 44: the licence is issued within ten days of the decision, here of the decision that silence made. */
const RENEWAL_ISSUANCE = '10wd';
const ACCEPTANCE_DEFAULT = '5wd';
const DELIVERY_DEFAULT = '10wd';
/** 即办件 are decided while the applicant waits: supervised to the end of the day, warned in its last working hour. */
const ON_THE_SPOT_PROMISE = '0wd';
const ON_THE_SPOT_YELLOW = ['1wh'];
const DEFAULT_RED = '0wd';

/** Compiles a checked ruleset document. Pure; cheap enough to do at every reload. */
export function compileRuleset(document: RulesetDocument): CompiledRuleset {
  const { switches } = document;
  const { ratings } = switches;
  const lights: Lights = {
    yellowBefore: switches.yellowBefore,
    redAfter: DEFAULT_RED,
    issue: switches.issue,
  };
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
      limit: 'carried',
      yellowBefore: (switches.suspensionYellowBefore ?? switches.yellowBefore).map(threshold),
      redAfter: redAfter(switches.suspensionRedAfter),
      issue: switches.issue,
      key: 'switches.suspensionCounting',
    },
    suspensionMaximum: compileMaximum(switches),
    suspensionSigns: {
      lateShare: share(switches.suspensionLateShare),
      mostShare: share(switches.suspensionMostShare),
      pieces: switches.suspensionPieces === 'none' ? null : switches.suspensionPieces,
    },
    ratings: {
      badFrom: ratings.badFrom,
      contact: compileOwn('switches.ratings.contact', ratings.contact, lights) ?? null,
      rectification: compileOwn('switches.ratings.rectification', ratings.rectification, lights) ?? null,
    },
    renewalAppliedBefore: parseLimit(switches.renewalAppliedBefore),
    onTheSpotCutOffMs: switches.onTheSpotCutOff === undefined ? null : timeOfDayMs(switches.onTheSpotCutOff),
  };
}

/** Counted as the days applied for are counted. */
function compileMaximum({
  suspensionMaxDays,
  suspensionCounting,
}: RulesetDocument['switches']): ReadonlyMap<string, Limit> | null {
  const grounds = Object.entries(suspensionMaxDays);
  if (grounds.length === 0) return null;
  return new Map(grounds.map(([ground, days]) => [ground, parseLimit(`${days}${suspensionCounting}`)]));
}

function share(written: string): number | null {
  return written === 'none' ? null : Number(written.slice(0, -1)) / 100;
}

function compileItem(document: RulesetDocument, code: string, item: ItemRule): CompiledItem {
  const { switches } = document;
  const isImmediate = item.class === 'on-the-spot' || item.class === 'convenience';
  const ofClass = document.classes[item.class];
  const lights: Lights = {
    yellowBefore: ofClass?.yellowBefore ?? switches.yellowBefore,
    redAfter: ofClass?.redAfter ?? DEFAULT_RED,
    issue: ofClass?.issue ?? switches.issue,
  };
  const key = `items.${code}`;
  const clock = (name: string, rule: WrittenRule, fallback?: string | null): MaybeClock => {
    const written =
      rule ?? (fallback === undefined ? undefined : fallback === null ? 'none' : { limit: fallback });
    return compileOwn(`${key}.${name}`, written, lights);
  };
  const silent = (name: string, limit: string): CompiledClockRule =>
    compileClock(`${key}.${name}`, { limit }, lights);
  const steps = item.steps === undefined ? null : compileSteps(`${key}.steps`, item.steps, lights);
  return {
    code,
    name: item.name,
    itemClass: item.class,
    department: item.department ?? null,
    isEnabled: item.enabled,
    acceptance: clock('acceptance', item.acceptance, isImmediate ? null : ACCEPTANCE_DEFAULT) ?? null,
    promise: compilePromise(`${key}.promise`, item, lights, ofClass?.yellowBefore, switches),
    statutory: clock('statutory', item.statutory, STATUTORY_DEFAULT[item.class]),
    delivery: clock('delivery', item.delivery, isImmediate ? null : DELIVERY_DEFAULT) ?? null,
    forwarding:
      clock('forwarding', item.forwarding, item.class === 'forwarded' ? FORWARDING_DEFAULT : null) ?? null,
    inspection: clock('inspection', item.inspection, null) ?? null,
    hearing: clock('hearing', item.hearing, HEARING_DEFAULT) ?? null,
    hearingNotice: clock('hearingNotice', item.hearingNotice, HEARING_NOTICE_DEFAULT) ?? null,
    renewal:
      item.renewal === 'none'
        ? null
        : { clock: silent('renewal', 'carried'), issuance: silent('renewal', RENEWAL_ISSUANCE) },
    extensionMaxDays: item.extensionMaxDays ?? (item.class === 'joint' ? 15 : 10),
    feeStandard: item.fee === undefined ? null : item.fee === 'none' ? 0 : item.fee.standard,
    silence:
      item.silence === undefined
        ? null
        : {
            basis: item.silence.basis,
            clock: item.silence.clock,
            issuance: silent('silence.issueWithin', item.silence.issueWithin),
          },
    steps,
    areStepsInLine: Object.values(item.steps ?? {}).every(({ after }) => after === undefined),
  };
}

/** A promise as the site counts and lights promises; on the spot there is one although nobody wrote it. */
function compilePromise(
  key: string,
  item: ItemRule,
  lights: Lights,
  yellowOfClass: readonly string[] | undefined,
  switches: RulesetDocument['switches'],
): MaybeClock {
  const isImmediate = item.class === 'on-the-spot' || item.class === 'convenience';
  const isByDefault = item.promise === undefined && isImmediate;
  const promise = isByDefault
    ? compileClock(
        key,
        { limit: ON_THE_SPOT_PROMISE },
        { ...lights, yellowBefore: yellowOfClass ?? ON_THE_SPOT_YELLOW },
      )
    : compileOwn(key, item.promise, lights);
  if (!promise) return promise;
  if (switches.overPromise === 'yellow') promise.redAfter = null;
  if (promise.limit !== 'carried') promise.limit = promisedLimit(promise.limit, switches);
  return promise;
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
