import { randomUUID } from 'node:crypto';
import { setImmediate as yieldTurn } from 'node:timers/promises';
import type { Actor } from '@mingjian/contracts';
import { dateTextOf } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  beginImpact,
  BESIDE_THE_SHARDS,
  endImpact,
  loadImpact,
  tellImpactProgress,
  type DraftImpactRow,
  type RuleDraftRow,
  type Store,
} from '@mingjian/store';
import { DraftRefused } from './draft-refused';
import type { DraftBook } from './draft-book';
import type { Written } from './draft-document';
import { judgedDigest } from './judged-digest';
import { KINDS } from './kinds';
import type { KindOfDraft } from './kinds/kind-of-draft';

/** Cases or notices of one run, the newest. */
const MOST = 50_000;
/** How many are looked at before everything else of the process has a turn. */
const AT_ONCE = 100;
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
}

/**
 * 影响测算: what drafts would have changed in the last days, a job beside all else of the process: in slices, bounded, with
 * progress in the store, where every monitor reads it. What is looked at is the kind's own; nothing is sent.
 */
export class ImpactRuns {
  private readonly running = new Map<string, Promise<void>>();
  private stopping = false;

  constructor(private readonly ports: ImpactPorts) {}

  /**
   * Begins a run of a draft as it is now, against what is in force. @param days how many days before today.
   * @throws DraftRefused where one runs already. @throws ZodError where the document does not fit its schema.
   */
  async start(draft: RuleDraftRow, book: DraftBook, days: number, who: Actor): Promise<void> {
    const { store, clock, wall } = this.ports;
    const { calendar } = book.rules.book.newest;
    const today = calendar.dayOf(clock.now());
    const document = JSON.parse(draft.document) as Written;
    const compare = KINDS[draft.kind].impact(document, book);
    const row: DraftImpactRow = {
      ...{ draftId: draft.id, draftVersion: draft.version, digest: judgedDigest(document) },
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
    const run = this.run(row, compare, calendar.startOfDay(today - days))
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

  private async run(
    row: DraftImpactRow,
    compare: ReturnType<KindOfDraft['impact']>,
    since: number,
  ): Promise<void> {
    const { store, clock } = this.ports;
    const run = await compare(store, { since, until: clock.now(), most: MOST });
    const progress = { ...row, total: run.total, isCut: run.isCut };
    if (!(await this.tell(progress))) return;
    for (let done = 0; done < run.total; done += AT_ONCE) {
      if (this.stopping) return this.end(row, 'failed');
      await run.look(done, Math.min(run.total, done + AT_ONCE));
      await yieldTurn();
      if (done % TELL_EVERY === 0 && !(await this.tell({ ...progress, done }))) return;
    }
    if (await this.tell({ ...progress, done: run.total }))
      await this.end(row, 'done', JSON.stringify(run.result()));
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
