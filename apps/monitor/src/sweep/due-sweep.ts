import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '@mingjian/runtime';
import type { CaseJudge, Judgement } from '../judge/case-judge';
import type { ShardHolder } from '../shard/shard-holder';

/** What one run of the sweep did. */
export interface SweepCounts {
  cases: number;
  changes: number;
  /** Cases that could not be judged; they are tried again an hour later. */
  failed: number;
}

/** Who wants to know what a batch of the sweep changed, after it was committed. */
export type SweepObserver = (judgement: Judgement, at: number) => void;

/**
 * Turns lights that the passing of time turns: due instants → judge → light changes.
 *
 * Guarantees: after `runOnce(at)` no case of the shards held is left whose light changed by `at`; each change is written
 * once, however often and however late the sweep runs; memory is bounded by one batch. Other work gets its turn between
 * batches, and shards take turns.
 */
export class DueSweep {
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly judge: CaseJudge,
    private readonly shards: ShardHolder,
    private readonly logger: Logger,
    private readonly observe: SweepObserver,
    /** Told at the end of each run, also of one that had nothing to do: the sweep is alive. */
    private readonly ran: () => void,
    private readonly batch: number,
  ) {}

  /** Runs after a run in progress. */
  runOnce(at: number): Promise<SweepCounts> {
    const run = this.running.then(() => this.sweep(at));
    this.running = run.catch(() => undefined);
    return run;
  }

  /** Finishes the batch in flight and begins no other. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async sweep(at: number): Promise<SweepCounts> {
    const counts: SweepCounts = { cases: 0, changes: 0, failed: 0 };
    await this.shards.reclaim();
    // One question for all: most sweeps are for one case, and a transaction for each other shard would keep it waiting.
    const waiting = await this.judge.dueShards(this.shards.shards, at);
    // As many shards at once as make headway beside each other; all have ended when the run has.
    const turns = Array.from({ length: this.judge.concurrency }, () => this.takeTurns(waiting, at, counts));
    await Promise.allSettled(turns);
    await Promise.all(turns);
    this.ran();
    return counts;
  }

  private async takeTurns(waiting: number[], at: number, counts: SweepCounts): Promise<void> {
    for (let shard = waiting.shift(); shard !== undefined && !this.stopping; shard = waiting.shift()) {
      const swept = shard;
      const judgement = await this.shards.unlessLost(() => this.judge.judgeDue(swept, at, this.batch));
      if (judgement === null) continue;
      counts.cases += judgement.cases;
      counts.changes += judgement.changes.length;
      counts.failed += judgement.failures.length;
      for (const { caseNo, error } of judgement.failures)
        this.logger.error({ caseNo, err: error }, 'A due case could not be judged.');
      if (judgement.cases === 0) continue;
      this.observe(judgement, at);
      // Every judged case is due later than `at` now, so that each turn has less to do.
      if (judgement.cases >= this.batch) waiting.push(shard);
      await nextTurn();
    }
  }
}
