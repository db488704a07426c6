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

  /** Takes shards from whoever had them, waiting for what he has under way there. */
  async take(shards: readonly number[]): Promise<void> {
    const taken = await this.store.write((transaction) =>
      takeShards(transaction, shards, this.owner, this.clock.now()),
    );
    this.held = new Map([...this.held, ...taken]);
  }

  /** Leaves shards to others. */
  give(shards: readonly number[]): void {
    this.held = new Map([...this.held].filter(([shard]) => !shards.includes(shard)));
  }

  /** Makes sure, until the end of the transaction, that the shards are ours. @throws ShardLostError */
  require(transaction: StoreTransaction, shards: readonly number[]): Promise<void> {
    return requireShards(transaction, this.held, shards);
  }

  /** Runs work on shards; where another process took some of them they are left to it. @returns null then. */
  async unlessLost<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ShardLostError)) throw error;
      this.logger.warn({ shards: error.shards }, 'Another monitor took shards; they are left to it.');
      this.give(error.shards);
      return null;
    }
  }
}
