import type { TimelineEvent } from '@mingjian/contracts';
import {
  insertFindings,
  insertLightChanges,
  saveCaseFacts,
  saveCaseFiles,
  saveCaseRatings,
  supersedeFindings,
  supersedeLightChanges,
  type CaseFileRow,
  type NewLightChange,
  type StoreTransaction,
  type SupersededBecause,
} from '@mingjian/store';
import type { Assessment } from './assess-case';

/** What was known of the cases that were judged. */
export interface CasesBefore {
  timelines: ReadonlyMap<string, readonly TimelineEvent[]>;
  rows: ReadonlyMap<string, CaseFileRow>;
  /** Cases of which no event was stored before: nothing else is stored of them either. */
  fresh: ReadonlySet<string>;
  /** Cases of which a stored event gave way to another of its identity: what it was may stand in rows. */
  corrected: ReadonlySet<string>;
}

/** Writes what the rules say of cases: rows, lights, findings, and what statistics count of them. */
export async function writeAssessments(
  transaction: StoreTransaction,
  assessments: readonly Assessment[],
  before: CasesBefore,
  shardOf: (caseNo: string) => number,
  now: number,
  because: SupersededBecause,
): Promise<void> {
  await saveCaseFiles(
    transaction,
    assessments.flatMap(({ row }) => (row === null ? [] : [row])),
    before.rows,
  );
  await supersedeLightChanges(
    transaction,
    assessments.flatMap(({ goneChanges }) => goneChanges),
    now,
    because,
  );
  await insertLightChanges(transaction, inOrder(assessments.flatMap(({ newChanges }) => newChanges)));
  await supersedeFindings(
    transaction,
    assessments.flatMap(({ goneFindings }) => goneFindings),
    now,
  );
  await insertFindings(
    transaction,
    assessments.flatMap(({ newFindings }) => newFindings),
  );
  await saveCaseFacts(
    transaction,
    assessments.flatMap(({ caseNo, fact }) =>
      fact === undefined ? [] : [{ caseNo, shard: shardOf(caseNo), fact }],
    ),
    before.fresh,
  );
  await saveCaseRatings(
    transaction,
    assessments.flatMap(({ caseNo, ratings }) =>
      ratings === undefined || !mayHaveRatings(caseNo, before) ? [] : [{ caseNo, ratings }],
    ),
    before.fresh,
  );
}

/** In the order in which they became true: ids, and so the live stream, follow it within a transaction. */
export function inOrder(changes: readonly NewLightChange[]): NewLightChange[] {
  return [...changes].sort((a, b) => a.becameAt - b.becameAt);
}

/** A case without such an event never had a rating, so that most cases ask for no row. */
function mayHaveRatings(caseNo: string, { timelines, corrected }: CasesBefore): boolean {
  return corrected.has(caseNo) || timelines.get(caseNo)?.some(({ type }) => type === 'case.rated') === true;
}
