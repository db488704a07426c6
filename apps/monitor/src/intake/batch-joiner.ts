import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogBatch } from '@mingjian/log';

interface Waiting {
  batch: LogBatch;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Takes batches of several partitions together that come at the same time (group commit). A transaction costs a dozen
 * statements whether it holds one event or a thousand: with few events in each of many partitions, that was most of the
 * cost and of the delay.
 *
 * Guarantees: batches of one partition are worked on in the order in which they came, one after the other; each settles as if it
 * had been alone: where joint work fails, each is tried by itself, so that one batch that cannot be taken holds up
 * no other.
 */
export class BatchJoiner {
  private waiting: Waiting[] = [];
  private readonly busy = new Set<number>();
  private free: number;
  private isGathering = false;

  /**
   * @param work takes the batches together, or rejects and has taken none.
   * @param writers how often `work` may run at once.
   * @param most records in one piece of work, unless a single batch has more.
   */
  constructor(
    private readonly work: (batches: readonly LogBatch[]) => Promise<void>,
    writers: number,
    private readonly most: number,
  ) {
    this.free = writers;
  }

  /** Resolves when the batch is taken. */
  take(batch: LogBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      this.gather();
    });
  }

  /** Waits for what comes in this turn of the event loop: the partitions of one fetch do. */
  private gather(): void {
    if (this.isGathering || this.free === 0) return;
    this.isGathering = true;
    void nextTurn().then(() => {
      this.isGathering = false;
      const group = this.nextGroup();
      if (group.length === 0) return;
      this.free--;
      for (const { batch } of group) this.busy.add(batch.partition);
      void this.run(group).finally(() => {
        this.free++;
        for (const { batch } of group) this.busy.delete(batch.partition);
        this.gather();
      });
      this.gather();
    });
  }

  /** The first that wait, one of each partition that nobody works on. */
  private nextGroup(): Waiting[] {
    const group: Waiting[] = [];
    const partitions = new Set(this.busy);
    let records = 0;
    for (const waiting of this.waiting) {
      const { partition } = waiting.batch;
      const isNext = !partitions.has(partition);
      partitions.add(partition);
      if (!isNext || (group.length > 0 && records + waiting.batch.records.length > this.most)) continue;
      records += waiting.batch.records.length;
      group.push(waiting);
    }
    this.waiting = this.waiting.filter((waiting) => !group.includes(waiting));
    return group;
  }

  private async run(group: readonly Waiting[]): Promise<void> {
    try {
      await this.work(group.map(({ batch }) => batch));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1) return group[0]!.reject(error);
      for (const one of group) await this.run([one]);
    }
  }
}
