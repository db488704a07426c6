import type { Clock, Logger } from '@mingjian/runtime';
import {
  requireShards,
  ShardLostError,
  takeShards,
  type HeldShards,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';

/**
 * The shards that this process judges. Several monitors share the work by shard; the store says who holds which, so
 * that a process which was thought dead and comes back writes nothing any more.
 */
export class ShardHolder {
  /** What the log gave to this process. */
  private readonly assigned = new Set<number>();
  /** What the store says is ours: of the above, what nobody took since. */
  private held: HeldShards = new Map();

  constructor(
    private readonly store: Store,
    /** Name of this process among the monitors, for people who look into the table. */
    private readonly owner: string,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** In ascending order. */
  get shards(): readonly number[] {
    return [...this.held.keys()].sort((a, b) => a - b);
  }

  has(shard: number): boolean {
    return this.held.has(shard);
  }

  /** The log gave us shards: takes them from whoever had them, waiting for what he has under way there. */
  async take(shards: readonly number[]): Promise<void> {
    for (const shard of shards) this.assigned.add(shard);
    const taken = await this.store.write((transaction) =>
      takeShards(transaction, shards, this.owner, this.clock.now()),
    );
    // What the log took back in the meantime is not ours any more, whatever the store says.
    const ours = [...taken].filter(([shard]) => this.assigned.has(shard));
    this.held = new Map([...this.held, ...ours]);
  }

  /** The log gave shards to others. */
  give(shards: readonly number[]): void {
    for (const shard of shards) this.assigned.delete(shard);
    this.drop(shards);
  }

  /**
   * Takes again what the log gave us and somebody else took: a process that had it before, was slow to take it and did not
   * know yet that it had lost it. Both may take it from each other until the log tells the slow one.
   * @returns whether there was anything to take.
   */
  async reclaim(): Promise<boolean> {
    const lost = [...this.assigned].filter((shard) => !this.held.has(shard));
    if (lost.length > 0) await this.take(lost);
    return lost.length > 0;
  }

  /** Makes sure, until the end of the transaction, that the shards are ours. @throws ShardLostError */
  require(transaction: StoreTransaction, shards: readonly number[]): Promise<void> {
    return requireShards(transaction, this.held, shards);
  }

  /** Runs work on shards; where another process took some of them nothing is done. @returns null then. */
  async unlessLost<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ShardLostError)) throw error;
      this.logger.warn({ shards: error.shards }, 'Another monitor took shards.');
      this.drop(error.shards);
      return null;
    }
  }

  private drop(shards: readonly number[]): void {
    this.held = new Map([...this.held].filter(([shard]) => !shards.includes(shard)));
  }
}
