import type { TimelineEvent } from '@mingjian/contracts';
import { eventsKnownAt, type RuleBook } from '@mingjian/rules';
import {
  insertLightChangesAsNumbered,
  keyOfLightChange,
  lightIdsKnownAt,
  loadTimelines,
  nextCaseNos,
  saveCaseFacts,
  saveCaseRatings,
  shardsOfCases,
  type Queryable,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import { assessCase, type Assessment, type UpheldOfCase } from '../../judge/assess-case';
import { withoutUpheld } from '../../judge/without-upheld';

/** Cases of one look and one transaction. */
const PAGE = 500;

/** How a walk over all cases went. */
export interface CasesOfThen {
  /** Cases of which something had been received. */
  cases: number;
  /** Those that the rules could not judge: they count nowhere. */
  failed: number;
  /** Events without an instant of receipt: taken as known from when they happened. */
  withoutReceipt: number;
}

/**
 * Judges every case with the events received by `knownAt`, by the rules of then and at that instant, as the daemon would have, and
 * writes what reports read of it: facts, ratings, lights. After what people had decided by then was written.
 *
 * Lights have the ids under which they stand in `live`. One that the daemon never wrote has a negative id: it was made good before
 * anybody saw it, or the daemon stood still.
 */
export async function casesOfThen(
  live: Queryable,
  into: Store,
  book: RuleBook,
  knownAt: number,
  told: (cases: number) => void,
): Promise<CasesOfThen> {
  const walk: CasesOfThen = { cases: 0, failed: 0, withoutReceipt: 0 };
  let unwritten = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const caseNos: string[] = await nextCaseNos(live, after, PAGE);
    after = caseNos[PAGE - 1];
    const known = new Map<string, TimelineEvent[]>();
    for (const [caseNo, events] of await loadTimelines(live, caseNos)) {
      const received = eventsKnownAt(events, knownAt);
      if (received.length === 0) continue;
      known.set(caseNo, received);
      for (const { receivedAt } of received) if (receivedAt === null) walk.withoutReceipt++;
    }
    const shards = await shardsOfCases(live, [...known.keys()]);
    const judged = await into.write((transaction) => judge(transaction, known, shards, book, knownAt));
    const lit = judged.filter(({ newChanges }) => newChanges.length > 0).map(({ caseNo }) => caseNo);
    const ids = await lightIdsKnownAt(live, lit, knownAt);
    const lights = judged.flatMap(({ newChanges }) =>
      newChanges.map((light) => ({ ...light, id: ids.get(keyOfLightChange(light)) ?? --unwritten })),
    );
    await into.write((transaction) => insertLightChangesAsNumbered(transaction, lights));
    walk.cases += judged.length;
    walk.failed += judged.filter(({ failure }) => failure !== null).length;
    told(caseNos.length);
  }
  return walk;
}

async function judge(
  transaction: StoreTransaction,
  timelines: ReadonlyMap<string, readonly TimelineEvent[]>,
  shards: ReadonlyMap<string, number>,
  book: RuleBook,
  knownAt: number,
): Promise<readonly Assessment[]> {
  const shardOf = (caseNo: string): number => shards.get(caseNo) ?? 0;
  const assess = (caseNo: string, upheld?: UpheldOfCase): Assessment =>
    assessCase(
      {
        caseNo,
        shard: shardOf(caseNo),
        events: timelines.get(caseNo) ?? [],
        row: undefined,
        changes: [],
        findings: [],
        upheld,
      },
      book,
      knownAt,
      'late_data',
    );
  const fresh = new Set(timelines.keys());
  const judged = await withoutUpheld(
    transaction,
    [...fresh].map((caseNo) => assess(caseNo)),
    assess,
  );
  await saveCaseFacts(
    transaction,
    judged.flatMap(({ caseNo, fact }) =>
      fact === undefined ? [] : [{ caseNo, shard: shardOf(caseNo), fact }],
    ),
    fresh,
  );
  await saveCaseRatings(
    transaction,
    judged.flatMap(({ caseNo, ratings }) => (ratings === undefined ? [] : [{ caseNo, ratings }])),
    fresh,
  );
  return judged;
}
