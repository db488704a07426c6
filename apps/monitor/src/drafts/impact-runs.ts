import { randomUUID } from 'node:crypto';
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { CalendarDocument, RulesetDocument, type Actor } from '@mingjian/contracts';
import {
  asIfAlwaysInForce,
  backtest,
  dateTextOf,
  dayNumberOf,
  RuleBook,
  WorkingCalendar,
} from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  beginImpact,
  BESIDE_THE_SHARDS,
  casesOpenSince,
  endImpact,
  loadImpact,
  loadTimelines,
  tellImpactProgress,
  type DraftImpactRow,
  type RuleDraftRow,
  type Store,
} from '@mingjian/store';
import { writtenDigest } from '../rulebook/rule-document';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { DraftRefused } from './draft-refused';
import { ImpactSums } from './impact-sums';

/** Cases of one back-test, the newest. */
const MOST_CASES = 50_000;
/** Cases judged before everything else of the process has a turn. */
const CASES_AT_ONCE = 100;
/** Progress is told after so many cases. */
const TELL_EVERY = 1_000;
/** A run that has not said a word for so long died with its process. */
const ABANDONED_AFTER_MS = 60_000;

export interface ImpactPorts {
  store: Store;
  /** By which cases are judged. */
  clock: Clock;
  /** The machine's clock. */
  wall: Clock;
  logger: Logger;
  rules: () => LoadedRuleBook;
}

/**
 * 影响测算: back-tests of drafts against the cases of the last days, a job beside all else of the process: in slices, bounded,
 * with progress in the store, where every monitor reads it. It judges copies and sends nothing.
 */
export class ImpactRuns {
  private readonly running = new Map<string, Promise<void>>();
  private stopping = false;

  constructor(private readonly ports: ImpactPorts) {}

  /**
   * Begins a back-test of a draft as it is now. @param days how many days before today.
   * @throws DraftRefused where one runs already. @throws ZodError where the document does not fit its schema.
   */
  async start(draft: RuleDraftRow, days: number, who: Actor): Promise<void> {
    const { store, clock, wall } = this.ports;
    const { calendar } = this.ports.rules().book.newest;
    const today = calendar.dayOf(clock.now());
    const document = JSON.parse(draft.document) as object;
    const books = booksOf(draft.kind, document, this.ports.rules());
    const row: DraftImpactRow = {
      ...{ draftId: draft.id, draftVersion: draft.version, digest: writtenDigest(document) },
      ...{ state: 'running', since: dateTextOf(today - days), until: dateTextOf(today) },
      ...{ startedBy: who.id, startedByName: who.name, run: randomUUID().slice(0, 32) },
      ...{ startedAt: clock.now(), touchedAt: wall.now(), done: 0, total: 0, isCut: false, result: 'null' },
    };
    await store.write(async (transaction) => {
      const other = await loadImpact(transaction, draft.id);
      if (other !== null && this.stateOf(other) === 'running')
        throw new DraftRefused('busy', '本草稿的影响测算正在进行');
      await beginImpact(transaction, row);
    }, BESIDE_THE_SHARDS);
    const run = this.judge(row, books)
      .catch(async (error: unknown) => {
        this.ports.logger.error({ err: error, draft: draft.id }, 'A back-test of a draft failed.');
        await this.end(row, 'failed');
      })
      .catch((error: unknown) =>
        this.ports.logger.error({ err: error }, 'The end of a back-test could not be told.'),
      )
      .finally(() => this.running.delete(row.run));
    this.running.set(row.run, run);
  }

  /** Ends the back-test of a draft, whichever process runs it. */
  async cancel(draftId: number): Promise<void> {
    await this.ports.store.write(
      (transaction) => endImpact(transaction, draftId, 'cancelled'),
      BESIDE_THE_SHARDS,
    );
  }

  /** The state of a run: one whose process died says that it runs for ever. */
  stateOf({ state, touchedAt }: DraftImpactRow): DraftImpactRow['state'] {
    return state === 'running' && this.ports.wall.now() - touchedAt > ABANDONED_AFTER_MS ? 'failed' : state;
  }

  /** Resolves when no back-test of this process runs any more. */
  async settled(): Promise<void> {
    await Promise.all(this.running.values());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.settled();
  }

  private async judge(row: DraftImpactRow, { before, after }: Books): Promise<void> {
    const { store, clock } = this.ports;
    const { calendar } = before.newest;
    const since = calendar.startOfDay(dayNumberOf(row.since));
    const until = clock.now();
    const found = await casesOpenSince(store, since, MOST_CASES + 1);
    const caseNos = found.slice(0, MOST_CASES);
    const progress = { ...row, total: caseNos.length, isCut: found.length > MOST_CASES };
    if (!(await this.tell(progress))) return;
    const sums = new ImpactSums();
    for (let done = 0; done < caseNos.length; done += CASES_AT_ONCE) {
      if (this.stopping) return this.end(row, 'failed');
      const cases = await loadTimelines(store, caseNos.slice(done, done + CASES_AT_ONCE));
      sums.add(backtest(cases, before, after, since, until));
      await yieldTurn();
      if (done % TELL_EVERY === 0 && !(await this.tell({ ...progress, done }))) return;
    }
    if (await this.tell({ ...progress, done: caseNos.length }))
      await this.end(row, 'done', JSON.stringify(sums.result));
  }

  private tell(row: DraftImpactRow): Promise<boolean> {
    const touchedAt = this.ports.wall.now();
    return this.ports.store.write(
      (transaction) => tellImpactProgress(transaction, row, { ...row, touchedAt }),
      BESIDE_THE_SHARDS,
    );
  }

  private end({ draftId, run }: DraftImpactRow, state: 'done' | 'failed', result?: string): Promise<void> {
    return this.ports.store.write(
      (transaction) => endImpact(transaction, draftId, state, result, run),
      BESIDE_THE_SHARDS,
    );
  }
}

interface Books {
  before: RuleBook;
  after: RuleBook;
}

/**
 * What is compared. A ruleset: the newest version and the draft, each as if it had always been in force; what earlier versions
 * said does not blur what this draft does. A calendar, which speaks for all cases: the rules as they are, with the one and the
 * other.
 */
function booksOf(kind: RuleDraftRow['kind'], document: unknown, loaded: LoadedRuleBook): Books {
  const { calendars, book, rulesets } = loaded;
  if (kind === 'ruleset') {
    const alone = (ruleset: RulesetDocument): RuleBook =>
      new RuleBook([asIfAlwaysInForce(ruleset)], calendars);
    return { before: alone(book.newest.ruleset.document), after: alone(RulesetDocument.parse(document)) };
  }
  const calendar = WorkingCalendar.fromDocument(CalendarDocument.parse(document));
  return { before: book, after: new RuleBook(rulesets, new Map(calendars).set(calendar.id, calendar)) };
}
