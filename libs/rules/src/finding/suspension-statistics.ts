import type { TimelineEvent } from '@mingjian/contracts';
import type { JudgedCase } from '../judge-case';
import { judgeInDetail } from '../judge-case';
import { happenedBy } from '../ruleset/backtest';
import { nearestRank } from '../ruleset/nearest-rank';
import type { RuleBook } from '../ruleset/rule-book';
import { suspendedLife } from './suspension-signs';

/** How a department suspends and extends: shares are 0 to 1. */
export interface SuspensionStatistics {
  /** Code; null where neither the record nor the rules name one. */
  department: string | null;
  /** Cases decided, also by silence; the shares are of these. */
  decided: number;
  suspendedShare: number;
  extendedShare: number;
  /** Suspended just before due, as the switch of the ruleset has it. */
  lateShare: number;
  /** Share of the working time from acceptance to end that was suspended, of the cases with a suspension; null without. */
  medianLife: number | null;
  /** The same, not exceeded by 90 % of them. */
  ninetiethLife: number | null;
}

const DECISIONS: ReadonlySet<string | null> = new Set(['granted', 'refused', 'decided']);

/**
 * Suspensions and extensions by department, of the cases decided from `since` to `at` (epoch ms, both included), with what
 * had happened by `at`. The worst first: by the share suspended just before due, then by the share with a suspension,
 * then by code.
 *
 * Guarantees: pure. Does not guarantee that a suspension was wrong: items that need a hearing have one.
 */
export function suspensionStatistics(
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
  book: RuleBook,
  at: number,
  since = -Infinity,
): SuspensionStatistics[] {
  const departments = new Map<string | null, Counts>();
  for (const [caseNo, events] of cases) {
    const known = happenedBy(events, at);
    if (known.length === 0) continue;
    const judged = judgeInDetail(caseNo, known, book);
    const { outcome, endedAt, department } = judged.tracks;
    if (endedAt === null || endedAt < since || endedAt > at || !DECISIONS.has(outcome)) continue;
    let counts = departments.get(department);
    if (!counts) departments.set(department, (counts = { decided: 0, late: 0, extended: 0, lives: [] }));
    count(counts, judged, endedAt);
  }
  return [...departments].map(summary).sort(compareWorst);
}

interface Counts {
  decided: number;
  late: number;
  extended: number;
  /** Of each case with a suspension. */
  lives: number[];
}

function count(counts: Counts, { tracks, facts, clocks }: JudgedCase, endedAt: number): void {
  counts.decided++;
  if (tracks.findings.some(({ detail }) => detail.kind === 'suspended-just-before-due')) counts.late++;
  if (tracks.clocks.some(({ extensions }) => extensions.length > 0)) counts.extended++;
  const suspensions = facts.suspensions.filter(
    ({ from, to }) => from < endedAt && (to === null || to > from),
  );
  if (suspensions.length === 0 || clocks === null) return;
  const acceptedAt = tracks.acceptedAt ?? endedAt;
  const { suspendedMs, lifeMs } = suspendedLife(suspensions, acceptedAt, endedAt, clocks.office.calendar);
  counts.lives.push(lifeMs === 0 ? 0 : suspendedMs / lifeMs);
}

function summary([department, { decided, late, extended, lives }]: [
  string | null,
  Counts,
]): SuspensionStatistics {
  lives.sort((a, b) => a - b);
  return {
    department,
    decided,
    suspendedShare: lives.length / decided,
    extendedShare: extended / decided,
    lateShare: late / decided,
    medianLife: nearestRank(lives, 0.5),
    ninetiethLife: nearestRank(lives, 0.9),
  };
}

function compareWorst(a: SuspensionStatistics, b: SuspensionStatistics): number {
  return (
    b.lateShare - a.lateShare ||
    b.suspendedShare - a.suspendedShare ||
    ((a.department ?? '') < (b.department ?? '') ? -1 : 1)
  );
}
