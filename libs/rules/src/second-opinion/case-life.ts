import type { RulesetDocument, StepEventType, TimelineEvent } from '@mingjian/contracts';
import type { CaseOutcome } from '../verdict';
import { acceptanceOf } from './acceptance';
import type { Clock } from './clock';
import { clockOf } from './clock';
import type { Deciding } from './decision-clocks';
import { decisionClocks } from './decision-clocks';
import type { End } from './end';
import { endAt } from './end';
import { hearingClocks } from './hearings';
import type { OfficeDays } from './office-days';
import { ratingClocks } from './ratings';
import type { CaseRecord, Hold, StepRun } from './record';
import { earliest, when } from './record';
import { grantBySilence } from './silence';
import { stepClocks } from './steps';
import type { ItemRules, StepRules } from './written-rules';
import { suspensionRule } from './written-rules';

/** A case by its rules, over its whole life. Instants are epoch ms; Infinity: not yet. */
export interface CaseLife {
  clocks: Clock[];
  acceptedAt: number;
  closedAt: number;
  outcome: CaseOutcome | null;
}

/** By which days the case, and each of its steps, counts. */
export interface Calendars {
  days: OfficeDays;
  daysOf: (run: StepRun, step: StepRules) => OfficeDays;
}

const OTHER_ENDS = ['case.forwarded', 'case.withdrawn', 'case.returned', 'case.voided'] as const;
/** What silence granted is issued by these. */
const ISSUED: readonly StepEventType[] = ['case.decided', 'case.delivered', ...OTHER_ENDS];

/** All clocks of a case, and what became of it. @see README of this library: Clocks. */
export function lifeOf(
  record: CaseRecord,
  rules: ItemRules,
  ruleset: RulesetDocument,
  { days, daysOf }: Calendars,
): CaseLife {
  let reported = endOf(record, true);
  let refusedAt = when(earliest(record, 'case.not-accepted'));
  let acceptance = acceptanceOf(record, rules, days, refusedAt, endAt(when(reported)));
  // Accepted by silence already, a case can no longer be refused.
  if (acceptance.isDeemed && refusedAt >= acceptance.seenFrom) reported = endOf(record, false);
  const { promiseCounting } = ruleset.switches;
  const deciding = (end: End, holds: readonly Hold[]): Deciding => ({
    record,
    rules,
    acceptance,
    promiseCounting,
    days,
    end,
    holds,
  });
  // A suspension that only the end of the case ends has held its clocks until then: they did not run out.
  const asReported = deciding(endAt(when(reported)), record.holds);
  const grant = grantBySilence(asReported, decisionClocks(asReported), ruleset);
  // What happens at the very instant of the grant comes after it.
  const end = grant ? { at: grant.at, lastBegin: grant.at - 1 } : asReported.end;
  if (grant !== null) {
    // What comes after the grant answers nobody: neither a decision nor a refusal.
    if (refusedAt >= grant.at) refusedAt = Infinity;
    acceptance = acceptanceOf(record, rules, days, refusedAt, end);
  }
  const holds = holdsWithin(record, end);
  const clocks = [
    ...acceptance.clocks,
    ...Object.values(decisionClocks(deciding(end, holds))).filter((clock): clock is Clock => clock !== null),
    ...suspensionClocks(holds, ruleset, days),
    ...hearingClocks(record, rules, end, days),
    ...stepClocks(record, rules, end, holds, daysOf),
    ...ratingClocks(record, rules, ruleset.switches.ratings.badFrom, days),
  ];
  let closedAt = end.at;
  if (grant !== null) {
    const issued = record.events.find((event) => ISSUED.includes(event.type) && event.occurredAt >= grant.at);
    closedAt = when(issued);
    clocks.push(clockOf('issuance', grant.at, closedAt, grant.issuance, days));
  } else if (reported && isToDeliver(reported) && rules.delivery !== 'none') {
    const deliveredAt = when(earliest(record, 'case.delivered'));
    closedAt = Math.max(end.at, deliveredAt);
    clocks.push(clockOf('delivery', end.at, deliveredAt, rules.delivery, days));
  }
  const outcome = grant ? 'granted' : reported ? outcomeOf(reported) : null;
  return { clocks, acceptedAt: acceptance.acceptedAt, closedAt, outcome };
}

/** The event that ends the case: the earliest; at one instant the decision. */
export function endOf(record: CaseRecord, canRefuse: boolean): TimelineEvent | undefined {
  const first = earliest(
    record,
    'case.decided',
    ...OTHER_ENDS,
    ...(canRefuse ? (['case.not-accepted'] as const) : []),
  );
  const decided = earliest(record, 'case.decided');
  return decided?.occurredAt === first?.occurredAt ? decided : first;
}

function outcomeOf({ type, data }: TimelineEvent): CaseOutcome {
  if (type === 'case.decided')
    return data.result === 'granted' || data.result === 'refused' ? data.result : 'decided';
  return type.replace('case.', '') as CaseOutcome;
}

/** 行政许可法 44: a permit that was granted is handed over. */
function isToDeliver({ type, data }: TimelineEvent): boolean {
  return type === 'case.decided' && !['refused', 'terminated'].includes(data.result ?? '');
}

/** 特别程序 lie within the case: what begins after it is none, what is open at its end ends with it. */
function holdsWithin(record: CaseRecord, end: End): Hold[] {
  return record.holds
    .filter((hold) => hold.from <= end.lastBegin)
    .map((hold) => ({ ...hold, to: Math.min(hold.to, end.at) }));
}

function suspensionClocks(holds: readonly Hold[], ruleset: RulesetDocument, days: OfficeDays): Clock[] {
  return holds.map(({ from, to, daysApplied }, index) => {
    const rule = daysApplied === undefined ? undefined : suspensionRule(ruleset, daysApplied);
    return {
      ...clockOf(`suspension#${index + 1}`, from, to, rule, days),
      coloursCase: rule !== undefined,
    };
  });
}
