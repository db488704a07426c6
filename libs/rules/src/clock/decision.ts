import type { Limit } from '../calendar';
import { parseLimit } from '../calendar/limit';
import type { CompiledClockRule, CompiledItem, CompiledRuleset } from '../ruleset/compile-rules';
import { promisedLimit } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { CaseFacts, Extension } from './case-facts';
import type { ClockSpec, ReportedPause } from './clock-spec';
import { bareClock, ruledClock } from './clock-spec';
import { earlier } from './ending';
import { noLimit } from './no-limit';
import type { Office } from './place';

/** What the clocks that begin with the acceptance have in common. */
export interface DecisionFrame {
  start: number;
  /** From when on the acceptance is known. */
  visibleFrom: number;
  /** End of the case. */
  end: number | null;
  pauses: readonly ReportedPause[];
  extensions: readonly Extension[];
}

/** 行政许可法 第五十五条第二款：指派两名以上工作人员. */
const FEWEST_INSPECTORS = 2;
const NEXT_DAY = parseLimit('1wd');

/** The clocks that begin with the acceptance: promise, law, forwarding, renewal, inspection. */
export function addDecisionClocks(
  specs: ClockSpec[],
  findings: Finding[],
  facts: CaseFacts,
  item: CompiledItem,
  ruleset: CompiledRuleset,
  office: Office,
  frame: DecisionFrame,
): void {
  const { carried } = facts;
  addDecisionClock(
    specs,
    findings,
    'promise',
    item.promise,
    frame,
    carried.promiseDueAt,
    carried.promiseLimit === null
      ? null
      : promisedLimit(parseLimit(carried.promiseLimit), ruleset.document.switches),
  );
  if (item.promise) {
    const promise = specs[specs.length - 1]!;
    if (promise.limit !== null)
      promise.limit = afterCutOff(promise.limit, item, ruleset, office, frame.start);
  }
  addDecisionClock(
    specs,
    findings,
    'statutory',
    item.statutory,
    frame,
    carried.statutoryDueAt,
    carried.statutoryLimit === null ? null : parseLimit(carried.statutoryLimit),
  );
  if (item.forwarding !== null) {
    const spec = begin('forwarding', frame, frame.end, item.forwarding);
    spec.pauses = frame.pauses;
    specs.push(spec);
  }
  if (carried.permitExpiresAt !== null && item.renewal !== null) {
    const spec = begin('renewal', frame, frame.end, item.renewal.clock);
    spec.carriedDueAt = carried.permitExpiresAt;
    specs.push(spec);
  }
  if (item.inspection !== null)
    specs.push(begin('inspection', frame, endOfInspection(facts, frame), item.inspection));
}

/**
 * The limit of a promise on the spot: what is accepted on a working day from `switches.onTheSpotCutOff` on has until the
 * end of the next one. Any other limit is as it was.
 * @see a local rule: `switches.onTheSpotCutOff`
 */
export function afterCutOff(
  limit: Limit,
  { itemClass }: Pick<CompiledItem, 'itemClass'>,
  { onTheSpotCutOffMs }: Pick<CompiledRuleset, 'onTheSpotCutOffMs'>,
  { calendar }: Pick<Office, 'calendar'>,
  acceptedAt: number,
): Limit {
  if (onTheSpotCutOffMs === null || limit.text !== '0wd') return limit;
  if (itemClass !== 'on-the-spot' && itemClass !== 'convenience') return limit;
  const isLate =
    calendar.isWorkingDay(calendar.dayOf(acceptedAt)) && calendar.wallTimeOf(acceptedAt) >= onTheSpotCutOffMs;
  return isLate ? NEXT_DAY : limit;
}

function addDecisionClock(
  specs: ClockSpec[],
  findings: Finding[],
  kind: 'promise' | 'statutory',
  rule: CompiledClockRule | null | undefined,
  frame: DecisionFrame,
  carriedDueAt: number | null,
  carriedLimit: Limit | null,
): void {
  if (rule === null) return;
  const spec = begin(kind, frame, frame.end, rule);
  const isCarried = rule?.limit === 'carried';
  if (isCarried) {
    spec.carriedDueAt = carriedDueAt;
    if (carriedDueAt === null) spec.limit = carriedLimit;
  }
  spec.pauses = frame.pauses;
  spec.extensions = frame.extensions;
  if (spec.limit === null && spec.carriedDueAt === null) noLimit(spec, findings);
  specs.push(spec);
}

function begin(
  kind: 'promise' | 'statutory' | 'forwarding' | 'renewal' | 'inspection',
  { start, visibleFrom }: DecisionFrame,
  end: number | null,
  rule: CompiledClockRule | undefined,
): ClockSpec {
  const spec =
    rule === undefined ? bareClock(kind, kind, start, end) : ruledClock(kind, kind, start, end, rule);
  spec.visibleFrom = visibleFrom;
  return spec;
}

/** The first assignment of enough persons, one before the acceptance at its start; or the end of the case. */
function endOfInspection({ assignments }: CaseFacts, { start, end }: DecisionFrame): number | null {
  const assigned = assignments.find(({ inspectors }) => inspectors >= FEWEST_INSPECTORS);
  return earlier(assigned === undefined ? null : Math.max(assigned.at, start), end);
}
