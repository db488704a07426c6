import type { WorkingCalendar } from '../calendar';
import type { CaseRecord } from './case-record';
import { found } from './forensic-finding';
import { monthAt } from './month';
import type { ForensicSettings } from './settings';
import { poissonTail } from './statistics';
import type { Tested } from './tested';

interface Decision {
  at: number;
  caseNo: string;
}

interface Decider {
  department: string;
  /** Null where the record names nobody: then the department as a whole. */
  officer: string | null;
  period: string;
  calendar: WorkingCalendar;
  /** Two columns: an object for each decision would need three times as much. */
  instants: number[];
  caseNos: string[];
}

/**
 * FLOW-6: many decisions of one officer in a few minutes. H₀: decisions come at the officer's own rate of that month,
 * over the opening hours of the days on which he or she decided anything (Poisson); as every decision can begin a window,
 * the p-value is multiplied by their number.
 */
export class BulkClosing {
  private readonly deciders = new Map<string, Decider>();

  constructor(private readonly isExamined: (period: string) => boolean) {}

  add({ timeline, department, calendar, caseNo }: CaseRecord): void {
    const decision = timeline.find(({ type }) => type === 'case.decided');
    if (decision === undefined || department === null) return;
    const period = monthAt(calendar, decision.occurredAt);
    if (!this.isExamined(period)) return;
    const officer = decision.data.officer ?? null;
    const key = JSON.stringify([period, department, officer]);
    let decider = this.deciders.get(key);
    if (decider === undefined)
      this.deciders.set(
        key,
        (decider = {
          ...{ department, officer, period, calendar, instants: [], caseNos: [] },
        }),
      );
    decider.instants.push(decision.occurredAt);
    decider.caseNos.push(caseNo);
  }

  /** One test for each who decided enough, one at a time. */
  *tests({ bulkCases, bulkMs }: ForensicSettings): Generator<Tested> {
    if (bulkCases === null) return;
    for (const decider of this.deciders.values())
      if (decider.instants.length >= bulkCases) yield tested(decider, bulkCases, bulkMs);
  }
}

function tested(
  { department, officer, period, calendar, instants, caseNos }: Decider,
  bulkCases: number,
  bulkMs: number,
): Tested {
  const decisions = instants.map((at, index): Decision => ({ at, caseNo: caseNos[index]! }));
  decisions.sort((a, b) => a.at - b.at || (a.caseNo < b.caseNo ? -1 : 1));
  const batches = batchesOf(decisions, bulkCases, bulkMs);
  const [largest] = [...batches].sort((a, b) => b.length - a.length);
  if (largest === undefined) return { pValue: 1, finding: null };
  const days = new Set(decisions.map(({ at }) => calendar.dayOf(at)));
  let openMs = 0;
  // On a day without hours somebody worked all the same: as long as a usual day.
  for (const day of days) openMs += calendar.workingMsOfDay(day) || USUAL_DAY_MS;
  const expected = (decisions.length * bulkMs) / openMs;
  return {
    // Each window begins with a decision: the others have to come by chance.
    pValue: Math.min(1, decisions.length * poissonTail(largest.length - 1, expected)),
    finding: found({
      kind: 'bulk-closing',
      severity: 'warning',
      scope: officer === null ? 'department' : 'officer',
      subject: officer === null ? department : `${department}/${officer}`,
      ...{ department, item: null, period, at: largest[0]!.at },
      cases: largest.map(({ caseNo }) => caseNo),
      figures: {
        officer,
        count: largest.length,
        withinMs: largest[largest.length - 1]!.at - largest[0]!.at,
        batches: batches.length,
        of: decisions.length,
        expectedInWindow: expected,
      },
    }),
  };
}

const USUAL_DAY_MS = 8 * 3_600_000;

/** Stretches of at least so many decisions within the time, none in two of them, earliest first. */
function batchesOf(decisions: readonly Decision[], least: number, withinMs: number): Decision[][] {
  const batches: Decision[][] = [];
  let first = 0;
  while (first < decisions.length) {
    let end = first;
    while (end < decisions.length && decisions[end]!.at <= decisions[first]!.at + withinMs) end++;
    if (end - first >= least) {
      batches.push(decisions.slice(first, end));
      first = end;
    } else first++;
  }
  return batches;
}
