import type { LightChangeReason, TimelineEvent } from '@mingjian/contracts';
import {
  canonicalJson,
  caseFact,
  judgeInDetail,
  lightChangesUntil,
  ratingFacts,
  verdictAt,
  type CaseFact,
  type CaseTracks,
  type RatingFact,
  type RuleBook,
} from '@mingjian/rules';
import type {
  CaseFileRow,
  FindingRow,
  LightChangeRow,
  NewFinding,
  NewLightChange,
  SupersededBecause,
} from '@mingjian/store';
import { caseRowOf, failedCaseRow, isSameCaseRow } from './case-row';
import { compareFindings } from './compare-findings';
import { compareLightChanges } from './compare-light-changes';

/** What is known of a case before it is judged. */
export interface CaseBefore {
  caseNo: string;
  shard: number;
  events: readonly TimelineEvent[];
  row: CaseFileRow | undefined;
  changes: readonly LightChangeRow[];
  findings: readonly FindingRow[];
  /** What appeals took away; left out: nothing. */
  upheld?: UpheldOfCase | undefined;
}

/** What people took away from a case: lights by their identity, and ratings by (source, event), whose clocks light nothing. */
export interface UpheldOfCase {
  lights: ReadonlySet<string>;
  ratings: readonly { source: string; eventId: string }[];
}

/** What has to be written so that the rows of a case say what the rules say. */
export interface Assessment {
  caseNo: string;
  /** null: the row says so already. */
  row: CaseFileRow | null;
  newChanges: NewLightChange[];
  goneChanges: number[];
  because: SupersededBecause;
  newFindings: NewFinding[];
  goneFindings: number[];
  /** What statistics need of it; null where it was neither accepted nor ended, undefined where it could not be judged. */
  fact: CaseFact | null | undefined;
  /** Its ratings; undefined where it could not be judged. */
  ratings: readonly RatingFact[] | undefined;
  /** When the light can change next with no new event. */
  nextChangeAt: number | null;
  /** The error that the rules threw; null normally. */
  failure: Error | null;
}

/**
 * Judges a case at `now` and compares with what is written. Neither reads nor writes rows.
 *
 * 1. Judge the timeline; the instant never lies before an earlier judgement of the case, so that a clock that was set
 *    back takes no light away.
 * 2. Compare the light history and the findings up to that instant, and the row.
 * 3. What a pass that supersedes something adds, it adds for the same cause.
 */
export function assessCase(
  before: CaseBefore,
  book: RuleBook,
  now: number,
  because: SupersededBecause,
): Assessment {
  const at = Math.max(now, before.row?.judgedAt ?? now);
  try {
    return assess(before, book, now, at, because);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    const row = failedCaseRow(before.caseNo, before.row, before.events, before.shard, at);
    return {
      caseNo: before.caseNo,
      row,
      newChanges: [],
      goneChanges: [],
      because,
      newFindings: [],
      goneFindings: [],
      fact: undefined,
      ratings: undefined,
      nextChangeAt: row.nextChangeAt,
      failure,
    };
  }
}

function assess(
  before: CaseBefore,
  book: RuleBook,
  now: number,
  at: number,
  because: SupersededBecause,
): Assessment {
  const judged = judgeInDetail(before.caseNo, before.events, book);
  const { tracks } = judged;
  const verdict = verdictAt(tracks, at);
  if (verdict.nextChangeAt !== null && verdict.nextChangeAt <= at)
    throw new Error(`the next change of a verdict at ${at} lies at ${verdict.nextChangeAt}`);
  const ratings = ratingFacts(judged);
  const cleared = clocksOfUpheld(ratings, before.upheld);
  const history = lightChangesUntil(tracks, at).filter(({ clock }) => !cleared.has(clock));
  const lights = compareLightChanges(history, before.changes, before.upheld?.lights);
  const findings = compareFindings(verdict.findings, before.findings);
  const row = caseRowOf(tracks, verdict, before.events, before.shard, at);
  const isUnchanged =
    lights.missing.length === 0 &&
    lights.gone.length === 0 &&
    before.row !== undefined &&
    isSameCaseRow(row, before.row);
  const isCorrection = lights.gone.length > 0;
  return {
    caseNo: before.caseNo,
    row: isUnchanged ? null : row,
    newChanges: lights.missing.map((change) => ({
      ...commonOf(tracks),
      department: change.department ?? tracks.department,
      clock: change.clock,
      clockKind: change.kind,
      fromLight: change.from,
      toLight: change.to,
      issue: change.issue,
      reason: reasonOf(change.becameAt, change.cause, before.row, isCorrection, because),
      becameAt: change.becameAt,
      detectedAt: now,
      dueAt: change.dueAt,
      rulesetVersion: tracks.rulesetVersion,
      calendarVersion: tracks.calendarVersion,
      supersededAt: null,
      supersededBecause: null,
    })),
    goneChanges: lights.gone.map((gone) => gone.id),
    because,
    newFindings: findings.missing.map((finding) => ({
      ...commonOf(tracks),
      code: finding.code,
      severity: finding.severity,
      ref: finding.ref,
      at: finding.at,
      detail: canonicalJson(finding.detail),
      detectedAt: now,
      supersededAt: null,
    })),
    goneFindings: findings.gone.map((gone) => gone.id),
    fact: caseFact(judged, before.events, verdict, at),
    ratings,
    nextChangeAt: verdict.nextChangeAt,
    failure: null,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** 申诉成立的差评: neither its call nor its correction lights anything any more. */
function clocksOfUpheld(
  ratings: readonly RatingFact[],
  upheld: UpheldOfCase | undefined,
): ReadonlySet<string> {
  if (upheld === undefined) return NONE;
  const clocks = new Set<string>();
  for (const { source, eventId } of upheld.ratings) {
    const number = ratings.find((one) => one.source === source && one.eventId === eventId)?.number ?? null;
    if (number !== null) clocks.add(`rating-contact#${number}`).add(`rectification#${number}`);
  }
  return clocks;
}

/**
 * Why a change is written now. Re-judging by other rules explains whatever the old row denied: the old row claimed
 * that nothing changes before its `nextChangeAt`.
 */
function reasonOf(
  becameAt: number,
  cause: 'time' | 'event',
  row: CaseFileRow | undefined,
  isCorrection: boolean,
  because: SupersededBecause,
): LightChangeReason {
  if (isCorrection) return because;
  if (because !== 'late_data' && row !== undefined && becameAt < (row.nextChangeAt ?? Infinity))
    return because;
  return cause;
}

function commonOf(tracks: CaseTracks): {
  caseNo: string;
  department: string | null;
  itemCode: string | null;
} {
  return { caseNo: tracks.caseNo, department: tracks.department, itemCode: tracks.itemCode };
}
