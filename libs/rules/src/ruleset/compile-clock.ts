import type { ClockRule, IssueMode } from '@mingjian/contracts';
import type { Limit } from '../calendar';
import { parseLimit } from '../calendar';

/** When yellow comes on, measured back from the due instant: a limit, or a share of the clock's own limit. */
export type Threshold = { percent: number } | { limit: Limit };

/** A clock's rule, compiled. */
export interface CompiledClockRule {
  /** `carried`: the due instant or limit that the case itself carries. */
  limit: Limit | 'carried';
  yellowBefore: Threshold[];
  /** Red comes on this long after the due instant; never when null. */
  redAfter: Limit | null;
  /** 发牌方式: whether its lights come on by themselves or wait for a person. */
  issue: IssueMode;
  /** Key of the rule in its ruleset, for the explanation: `items.A0101.promise`. */
  key: string;
}

/** `undefined`: the ruleset says nothing; null: no such clock, on purpose. */
export type MaybeClock = CompiledClockRule | null | undefined;

/** Thresholds and 发牌方式 of clocks whose own rule does not say: those of the class, else those of the site. */
export interface Lights {
  yellowBefore: readonly string[];
  redAfter: string;
  issue: IssueMode;
}

/** A clock's rule as an item may write it. */
export type WrittenRule = ClockRule | 'carried' | 'none' | undefined;

/** What is written, compiled: a rule that is not enabled makes no clock, as `none` does. */
export function compileOwn(key: string, rule: WrittenRule, lights: Lights): MaybeClock {
  if (rule === undefined) return undefined;
  if (rule === 'none') return null;
  if (rule === 'carried') return compileClock(key, { limit: 'carried' }, lights);
  return rule.enabled === false ? null : compileClock(key, rule, lights);
}

/** A clock rule with the thresholds that it does not say itself. */
export function compileClock(key: string, rule: ClockRule, lights: Lights): CompiledClockRule {
  return {
    key,
    limit: rule.limit === 'carried' ? 'carried' : parseLimit(rule.limit),
    yellowBefore: (rule.yellowBefore ?? lights.yellowBefore).map(threshold),
    redAfter: redAfter(rule.redAfter ?? lights.redAfter),
    issue: rule.issue ?? lights.issue,
  };
}

/** A threshold as written: `1wd`, `20%`. */
export function threshold(text: string): Threshold {
  return text.endsWith('%') ? { percent: Number(text.slice(0, -1)) } : { limit: parseLimit(text) };
}

/** The limit after which red comes on; null: never. */
export function redAfter(text: string): Limit | null {
  return text === 'never' ? null : parseLimit(text);
}
