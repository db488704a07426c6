import type { FindingSeverity, QuarantineRecord, TimelineEvent } from '@mingjian/contracts';
import type { RuleBook } from '@mingjian/rules';
import {
  appendLedger,
  countArrivals,
  dueCaseNos,
  earliestByShard,
  enqueueNotices,
  insertEvents,
  insertOutbox,
  keepQuarantined,
  loadActiveFindings,
  loadActiveLightChanges,
  loadCaseFiles,
  loadTimelines,
  mergeTimeline,
  noteContacts,
  replaceEvents,
  saveServiceCounts,
  type CaseFileRow,
  type NewFinding,
  type NewLightChange,
  type PlacedEvent,
  type Store,
  type StoreTransaction,
  type SupersededBecause,
} from '@mingjian/store';
import { assessCase, type Assessment, type UpheldOfCase } from './assess-case';
import { withoutUpheld } from './without-upheld';
import { savePositions, type IntakePosition } from '../intake/intake-position';
import { identityConflict } from './identity-conflict';
import { arrivalsOf } from './arrivals-of';
import { contactsOf } from './contacts-of';
import { toldOf } from './told-of';
import { inOrder, writeAssessments } from './write-assessments';
import type { ShardHolder } from '../shard/shard-holder';

/** What one transaction changed, told after it was committed. */
export interface Judgement {
  /** Cases that were judged. */
  cases: number;
  /** Case rows that were written; a case that already says so is not written. */
  written: number;
  changes: NewLightChange[];
  /** Legal instant → written, for changes that the passing of time brought and nobody reported, milliseconds. */
  lagsMs: number[];
  findings: NewFinding[];
  /** Messages that wait in the outbox now. */
  messages: number;
  /** Of how many matters people are to be told. */
  notices: number;
  /** 好差评 that are new, each with the department that was rated; null where its case names none. */
  ratings: { department: string | null; grade: number }[];
  /** Repeated events by source. */
  duplicates: Map<string, number>;
  /** Events whose identity another event holds, kept in quarantine. */
  conflicts: QuarantineRecord[];
  failures: { caseNo: string; error: Error }[];
  /** Earliest instant at which a judged case changes with no new event; null when none does. */
  nextChangeAt: number | null;
}

/** The rules to judge by, and why what was written before may be superseded. */
export interface JudgingRules {
  readonly book: RuleBook;
  readonly because: SupersededBecause;
}

/**
 * Judges cases and writes the outcome, one transaction each time.
 *
 * Guarantees: events, case rows, light changes and findings of one call are committed together or not at all; calling
 * again with the same events changes nothing. A case that the rules cannot judge turns grey and stops no other. Nothing
 * is written to a shard that another process holds: the call rejects with a ShardLostError.
 */
export class CaseJudge {
  constructor(
    private readonly store: Store,
    private readonly rules: () => JudgingRules,
    private readonly shardOf: (caseNo: string) => number,
    private readonly shards: ShardHolder,
    /** Whether people are to be told of lights. */
    private readonly tellsPeople: () => boolean = () => false,
    /** Findings of which severities people are told. */
    private readonly toldFindings: () => ReadonlySet<FindingSeverity> = () => new Set(),
  ) {}

  /** Calls for different shards that make headway beside each other. */
  get concurrency(): number {
    return this.store.writers;
  }

  /**
   * Takes events into their timelines and judges the cases that they change.
   *
   * 1. Load what is known of the touched cases.
   * 2. Deduplicate: a case that only repeats what is known is left alone.
   * 3. Judge the others and write everything, with the places in the log up to which the store now knows.
   */
  receive(
    placed: readonly PlacedEvent[],
    now: number,
    positions: readonly IntakePosition[] = [],
  ): Promise<Judgement> {
    // Counts of convenience items are no cases: nothing is judged of them.
    const counts = placed.filter(({ event }) => event.type === 'service.counted').map(({ event }) => event);
    const byCase = groupByCase(placed);
    const placeOf = new Map(placed.map((entry) => [entry.event, entry]));
    const shards = this.shardsOf(byCase.keys());
    const lanes = [...new Set([...shards, ...positions.map(({ partition }) => partition)])];
    return this.store.write(async (transaction) => {
      await this.shards.require(transaction, lanes);
      const timelines = await loadTimelines(transaction, [...byCase.keys()]);
      const changed = new Map<string, TimelineEvent[]>();
      const fresh = new Set<string>();
      const added: TimelineEvent[] = [];
      const replaced: TimelineEvent[] = [];
      const duplicates = new Map<string, number>();
      const conflicts: QuarantineRecord[] = [];
      for (const [caseNo, stored] of timelines) {
        const merge = mergeTimeline(stored, byCase.get(caseNo) ?? []);
        for (const { source } of merge.duplicates) duplicates.set(source, (duplicates.get(source) ?? 0) + 1);
        conflicts.push(...merge.losers.map((loser) => identityConflict(loser, now)));
        if (merge.added.length + merge.replaced.length === 0) continue;
        if (stored.length === 0) fresh.add(caseNo);
        added.push(...merge.added);
        replaced.push(...merge.replaced);
        changed.set(caseNo, merge.events);
      }
      const place = (event: TimelineEvent): PlacedEvent[] => {
        const entry = placeOf.get(event);
        return entry === undefined ? [] : [entry];
      };
      await insertEvents(transaction, added.flatMap(place));
      await replaceEvents(transaction, replaced.flatMap(place));
      await keepQuarantined(transaction, conflicts);
      await savePositions(transaction, positions);
      await saveServiceCounts(transaction, counts);
      const corrected = new Set(replaced.map(({ caseNo }) => caseNo));
      const judgement = await this.judge(transaction, changed, now, fresh, corrected);
      // Last: all shards share the rows of the sources, and whoever has written one holds it until the commit.
      await noteContacts(transaction, contactsOf(placed));
      const { slots, days } = arrivalsOf(added, this.rules().book.newest.calendar);
      await countArrivals(transaction, slots, days);
      return { ...judgement, ratings: ratingsOf(added, changed), duplicates, conflicts };
    }, lanes);
  }

  /** Those of the shards in which a light can change by `now`. */
  async dueShards(shards: readonly number[], now: number): Promise<number[]> {
    const earliest = await earliestByShard(this.store, shards);
    return shards.filter((shard) => (earliest.get(shard) ?? Infinity) <= now);
  }

  /** Judges the cases of a shard whose light can change by `now`, earliest first, at most `limit`. */
  judgeDue(shard: number, now: number, limit: number): Promise<Judgement> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [shard]);
        const caseNos = await dueCaseNos(transaction, shard, now, limit);
        return this.judge(transaction, await loadTimelines(transaction, caseNos), now);
      },
      [shard],
    );
  }

  /** Judges the given cases again, whether due or not. */
  judgeAgain(caseNos: readonly string[], now: number): Promise<Judgement> {
    const shards = this.shardsOf(caseNos);
    return this.store.write(async (transaction) => {
      await this.shards.require(transaction, shards);
      return this.judge(transaction, await loadTimelines(transaction, caseNos), now);
    }, shards);
  }

  private shardsOf(caseNos: Iterable<string>): number[] {
    const shards = new Set<number>();
    for (const caseNo of caseNos) shards.add(this.shardOf(caseNo));
    return [...shards];
  }

  private async judge(
    transaction: StoreTransaction,
    timelines: ReadonlyMap<string, readonly TimelineEvent[]>,
    now: number,
    fresh: ReadonlySet<string> = NONE,
    corrected: ReadonlySet<string> = NONE,
  ): Promise<Judgement> {
    const { book, because } = this.rules();
    const caseNos = [...timelines.keys()];
    const known = caseNos.filter((caseNo) => !fresh.has(caseNo));
    const rows = await loadCaseFiles(transaction, known);
    const changes = await loadActiveLightChanges(transaction, known);
    // The row says how many findings hold: most cases have none.
    const findings = await loadActiveFindings(
      transaction,
      known.filter((caseNo) => rows.get(caseNo)?.findingCount !== 0),
    );
    const assess = (caseNo: string, upheld?: UpheldOfCase): Assessment =>
      assessCase(
        {
          caseNo,
          shard: this.shardOf(caseNo),
          events: timelines.get(caseNo) ?? [],
          row: rows.get(caseNo),
          changes: changes.get(caseNo) ?? [],
          findings: findings.get(caseNo) ?? [],
          upheld,
        },
        book,
        now,
        because,
      );
    const assessments = await withoutUpheld(
      transaction,
      caseNos.map((caseNo) => assess(caseNo)),
      assess,
    );
    const before = { timelines, rows, fresh, corrected };
    await writeAssessments(transaction, assessments, before, this.shardOf, now, because);
    const toldFindings = this.tellsPeople() ? this.toldFindings() : null;
    const held = { rows, changes, findings };
    const told = toldOf(assessments, held, this.shardOf, now, because, toldFindings);
    await insertOutbox(transaction, told.messages);
    await enqueueNotices(transaction, told.notices, now);
    await appendLedger(transaction, told.entries);
    return {
      ...summaryOf(assessments, rows),
      messages: told.messages.length,
      notices: told.notices.length,
    };
  }
}

const NONE: ReadonlySet<string> = new Set();

function groupByCase(placed: readonly PlacedEvent[]): Map<string, TimelineEvent[]> {
  const byCase = new Map<string, TimelineEvent[]>();
  for (const { event } of placed) {
    if (event.type === 'service.counted') continue;
    const events = byCase.get(event.caseNo);
    if (events === undefined) byCase.set(event.caseNo, [event]);
    else events.push(event);
  }
  return byCase;
}

/** A rating that is sent again with other content replaces the former one and is not counted again. */
function ratingsOf(
  added: readonly TimelineEvent[],
  timelines: ReadonlyMap<string, readonly TimelineEvent[]>,
): Judgement['ratings'] {
  return added.flatMap(({ type, caseNo, data: { grade, department } }) => {
    if (type !== 'case.rated' || grade === undefined) return [];
    const ofCase = timelines.get(caseNo)?.find((event) => event.data.department !== undefined);
    return [{ department: department ?? ofCase?.data.department ?? null, grade }];
  });
}

function summaryOf(
  assessments: readonly Assessment[],
  before: ReadonlyMap<string, CaseFileRow>,
): Omit<Judgement, 'messages' | 'notices'> {
  const instants = assessments.flatMap(({ nextChangeAt }) => (nextChangeAt === null ? [] : [nextChangeAt]));
  return {
    cases: assessments.length,
    written: assessments.filter(({ row }) => row !== null).length,
    changes: inOrder(assessments.flatMap(({ newChanges }) => newChanges)),
    lagsMs: assessments.flatMap(({ caseNo, newChanges }) => {
      // Only where the daemon knew beforehand when to look: late data is not the daemon's lag.
      const expectedAt = before.get(caseNo)?.nextChangeAt ?? Infinity;
      return newChanges
        .filter((change) => change.reason === 'time' && change.becameAt >= expectedAt)
        .map((change) => change.detectedAt - change.becameAt);
    }),
    findings: assessments.flatMap(({ newFindings }) => newFindings),
    ratings: [],
    duplicates: new Map(),
    conflicts: [],
    failures: assessments.flatMap(({ caseNo, failure }) =>
      failure === null ? [] : [{ caseNo, error: failure }],
    ),
    nextChangeAt: instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b)),
  };
}
