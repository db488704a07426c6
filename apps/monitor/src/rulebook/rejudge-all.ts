import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Logger } from '@mingjian/runtime';
import { loadSetting, nextCaseNos, saveSetting, type Store, type SupersededBecause } from '@mingjian/store';
import type { CaseJudge, Judgement } from '../judge/case-judge';
import type { ShardHolder } from '../shard/shard-holder';
import type { LoadedRuleBook } from './load-rule-book';

/** What the rows of a shard were judged by, as settings. */
const rulesetDigestOf = (shard: number): string => `ruleset_digest/${shard}`;
const calendarDigestOf = (shard: number): string => `calendar_digest/${shard}`;

/** Log a line of progress after this many cases. */
const PROGRESS_EVERY = 20_000;

/**
 * Judges every case of the shards held again when other rules or calendars are in force than those that judged the rows.
 *
 * 1. Compare the digests of the book with those remembered for each shard.
 * 2. Walk over all timelines in bounded batches; intake and sweep go on in between and use the new book already.
 * 3. Remember the digests at the end only: after a crash the walk is repeated, and what is done already changes
 *    nothing.
 */
export class RejudgeAll {
  private because: SupersededBecause | null = null;
  private running: Promise<void> = Promise.resolve();
  private runs = 0;
  private stopping = false;

  constructor(
    private readonly store: Store,
    private readonly judge: CaseJudge,
    private readonly shards: ShardHolder,
    private readonly shardOf: (caseNo: string) => number,
    private readonly book: () => LoadedRuleBook,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly observe: (judgement: Judgement) => void,
    private readonly batch: number,
  ) {}

  /** Why a judgement made now may supersede rows: other rules while a walk is under way, late data otherwise. */
  get supersededBecause(): SupersededBecause {
    return this.because ?? 'late_data';
  }

  /** Judges again where needed, after a walk in progress. Resolves when rows and rules agree, or on {@link stop}. */
  runOnce(): Promise<void> {
    this.runs++;
    const run = this.running.then(() => this.untilRowsAndRulesAgree()).finally(() => this.runs--);
    this.running = run.catch(() => undefined);
    return run;
  }

  /** Whether it is being found out or brought about that rows and rules agree: until then they may not. */
  get isUnderWay(): boolean {
    return this.runs > 0;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async untilRowsAndRulesAgree(): Promise<void> {
    while (!this.stopping) {
      // Files can change again during the walk: what is remembered is what the walk began with.
      const book = this.book();
      const behind = await this.shardsBehind(book);
      if (behind.length === 0) return;
      this.because = behind.every(({ because }) => because !== 'rule') ? 'calendar' : 'rule';
      try {
        const filled = new Set(behind.flatMap(({ shard, because }) => (because === null ? [] : [shard])));
        if (filled.size > 0 && !(await this.walk(filled, this.because))) return;
        const done = behind.map(({ shard }) => shard).filter((shard) => this.shards.has(shard));
        await this.shards.unlessLost(() =>
          this.store.write(async (transaction) => {
            await this.shards.require(transaction, done);
            for (const shard of done) {
              await saveSetting(transaction, rulesetDigestOf(shard), book.rulesetDigest);
              await saveSetting(transaction, calendarDigestOf(shard), book.calendarDigest);
            }
          }),
        );
      } finally {
        this.because = null;
      }
    }
  }

  /** Shards judged by other rules, and in which they differ; `because` is null where nothing was judged yet. */
  private async shardsBehind(
    book: LoadedRuleBook,
  ): Promise<{ shard: number; because: SupersededBecause | null }[]> {
    const behind: { shard: number; because: SupersededBecause | null }[] = [];
    for (const shard of this.shards.shards) {
      const rulesets = await loadSetting(this.store, rulesetDigestOf(shard));
      const calendars = await loadSetting(this.store, calendarDigestOf(shard));
      if (rulesets === null) behind.push({ shard, because: null });
      else if (rulesets !== book.rulesetDigest) behind.push({ shard, because: 'rule' });
      else if (calendars !== book.calendarDigest) behind.push({ shard, because: 'calendar' });
    }
    return behind;
  }

  /** @returns false where it was stopped before the end. */
  private async walk(shards: ReadonlySet<number>, because: SupersededBecause): Promise<boolean> {
    this.logger.info({ because }, 'Rules differ from those that judged the cases: judging all cases again.');
    let cases = 0;
    let changes = 0;
    let logged = 0;
    const note = (judgements: readonly Judgement[]): void => {
      for (const judgement of judgements) {
        for (const { caseNo, error } of judgement.failures)
          this.logger.error({ caseNo, err: error }, 'A case could not be judged again.');
        this.observe(judgement);
        cases += judgement.cases;
        changes += judgement.changes.length;
      }
      if (cases - logged < PROGRESS_EVERY) return;
      logged = cases;
      this.logger.info({ cases, changes }, 'Judging all cases again.');
    };
    const pageSize = this.batch * this.judge.concurrency;
    let next = nextCaseNos(this.store, '', pageSize);
    // Two pages are under way: a lane that is done with its part of one begins with the next while others are still at it, so that the
    // database works while we judge.
    const lanes = Array.from({ length: this.judge.concurrency }, (): Promise<unknown> => Promise.resolve());
    let before: Promise<Judgement[]> = Promise.resolve([]);
    try {
      for (;;) {
        if (this.stopping) return false;
        const caseNos = await next;
        const last = caseNos[caseNos.length - 1];
        if (last === undefined) break;
        next = nextCaseNos(this.store, last, pageSize);
        next.catch(() => undefined); // Where it fails, the await above tells.
        const parts = this.byShard(caseNos.filter((caseNo) => shards.has(this.shardOf(caseNo))));
        const page = parts.map((part, lane) => {
          const judged = lanes[lane]!.then(() => this.judgeHeld(part));
          lanes[lane] = judged;
          return judged;
        });
        const judging = Promise.all(page);
        judging.catch(() => undefined); // Told when its turn comes.
        note(await before);
        before = judging;
        await nextTurn();
      }
      note(await before);
    } finally {
      await Promise.allSettled(lanes);
    }
    this.logger.info({ cases, changes }, 'All cases are judged by the rules in force.');
    return true;
  }

  /** A part for each lane; no shard is in two. */
  private byShard(caseNos: readonly string[]): string[][] {
    const parts = Array.from({ length: this.judge.concurrency }, (): string[] => []);
    for (const caseNo of caseNos) parts[this.shardOf(caseNo) % parts.length]?.push(caseNo);
    return parts;
  }

  /** Judges those cases whose shards are still ours; a shard lost on the way is its new holder's work. */
  private async judgeHeld(caseNos: readonly string[]): Promise<Judgement> {
    for (;;) {
      const held = caseNos.filter((caseNo) => this.shards.has(this.shardOf(caseNo)));
      const judgement = await this.shards.unlessLost(() => this.judge.judgeAgain(held, this.clock.now()));
      if (judgement !== null) return judgement;
    }
  }
}
