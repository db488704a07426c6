import { instantBack } from '../calendar/due-at';
import { runsOutAt } from '../light/track-clock';
import type { CompiledClockRule, CompiledItem, CompiledRuleset } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { CaseFacts } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';
import { earlier, withinCase } from './ending';
import type { Office } from './place';

/** 超时默许: silence granted what was applied for. */
export interface SilentGrant {
  /** First instant at which the decision counts as granted. */
  at: number;
  clock: 'renewal' | 'promise' | 'statutory';
  /** The law or local rule by which silence grants. */
  basis: string;
  issuance: CompiledClockRule;
}

/** Where silence grants a renewal. */
export const RENEWAL_BASIS = '行政许可法 第五十条第二款';

/**
 * Whether silence grants the case: a clock that may grant runs out unanswered, the renewal or the one that the item
 * names; of two the first, at one instant the renewal. `specs` are the clocks under the end that the record reports.
 * @see 行政许可法 第五十条第二款：逾期未作决定的，视为准予延续。Elsewhere a local rule: `items.CODE.silence`.
 */
export function grantBySilence(
  specs: readonly ClockSpec[],
  findings: Finding[],
  facts: CaseFacts,
  item: CompiledItem,
  ruleset: CompiledRuleset,
  { calendar }: Office,
): SilentGrant | null {
  let grant: SilentGrant | null = null;
  const renewal = item.renewal === null ? undefined : specs.find(({ kind }) => kind === 'renewal');
  if (renewal !== undefined) {
    const at = isAppliedInTime(renewal, findings, facts, ruleset, calendar)
      ? runsOutAt(renewal, calendar)
      : null;
    if (at !== null) grant = { at, clock: 'renewal', basis: RENEWAL_BASIS, issuance: item.renewal!.issuance };
  }
  const { silence } = item;
  const named = silence === null ? undefined : specs.find(({ kind }) => kind === silence.clock);
  if (named === undefined) return grant;
  const at = runsOutAt(named, calendar);
  return at === null || (grant !== null && grant.at <= at) ? grant : { ...silence!, at };
}

/** 行政许可法 第五十条第一款: a renewal is to be applied for 30 days before the permit expires. */
function isAppliedInTime(
  { carriedDueAt, startedAt, visibleFrom }: ClockSpec,
  findings: Finding[],
  { submittedAt }: CaseFacts,
  { renewalAppliedBefore }: CompiledRuleset,
  calendar: Office['calendar'],
): boolean {
  const appliedAt = submittedAt ?? startedAt;
  const lastDay = calendar.dayOf(instantBack(calendar, renewalAppliedBefore, carriedDueAt!));
  if (calendar.dayOf(appliedAt) <= lastDay) return true;
  findings.push({
    code: 'SIL-1',
    severity: 'notice',
    ref: 'renewal-applied-late',
    at: Math.max(appliedAt, visibleFrom),
    detail: { kind: 'renewal-applied-late', appliedAt, permitExpiresAt: carriedDueAt },
  });
  return false;
}

/** Ends the clocks of the decision with the grant. What had ended before stays as it was. */
export function endBySilence(specs: readonly ClockSpec[], at: number, facts: CaseFacts): void {
  const pauses = withinCase(facts.suspensions, at);
  for (const spec of specs) {
    spec.finishedAt = earlier(spec.finishedAt, at);
    if (spec.pauses.length > 0) spec.pauses = pauses;
  }
}

/**
 * 补发: what silence granted is still to be issued. The first decision, delivery or other end from the grant on ends the
 * clock, and with it the case.
 */
export function issuanceOf(grant: SilentGrant, facts: CaseFacts): ClockSpec {
  const { decidedAt, deliveredAt, laterDeliveries, ended } = facts;
  const deliveries = deliveredAt === null ? laterDeliveries : [deliveredAt, ...laterDeliveries];
  const delivered = deliveries.find((delivery) => delivery >= grant.at) ?? null;
  const end = earlier(earlier(decidedAt, delivered), ended === null ? null : ended.at);
  return ruledClock('issuance', 'issuance', grant.at, end, grant.issuance);
}

/** SIL-1: the grant itself, and a refusal that came after it. */
export function findSilence(
  { at, clock, basis }: SilentGrant,
  { decidedAt, result, notAcceptedAt }: CaseFacts,
  findings: Finding[],
): void {
  findings.push({
    code: 'SIL-1',
    severity: 'serious',
    ref: 'granted-by-silence',
    at,
    detail: { kind: 'granted-by-silence', clock, basis },
  });
  const refusedAt = earlier(
    result === 'refused' ? decidedAt : null,
    notAcceptedAt !== null && notAcceptedAt >= at ? notAcceptedAt : null,
  );
  if (refusedAt !== null)
    findings.push({
      code: 'SIL-1',
      severity: 'serious',
      ref: 'refused-after-silence',
      at: refusedAt,
      detail: { kind: 'refused-after-silence', clock, basis },
    });
}
