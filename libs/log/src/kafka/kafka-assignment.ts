import type { SubscribeOptions } from '../event-log';

export interface AssignmentOptions {
  subscribe: Pick<SubscribeOptions, 'onAssigned' | 'onRevoked'>;
  /** The next offsets that the group has committed; a partition without a commit is missing. */
  committed: () => Promise<ReadonlyMap<number, number>>;
  /** Sets the place of this consumer in a partition. */
  seek(partition: number, offset: number): void;
  failed(error: unknown): void;
}

/**
 * Tells a subscriber which partitions it holds, one thing at a time and in order, and takes it back to where its store
 * is. After each joining everything is given anew, even what was held before: the group may have gone through a
 * generation in between in which another member had it.
 */
export class KafkaAssignment {
  private held: readonly number[] = [];
  private turn: Promise<void> = Promise.resolve();
  /** Partitions that are read again, each with the place up to which the group had come before. */
  private readonly again = new Map<number, number>();

  constructor(private readonly options: AssignmentOptions) {}

  /** The group has given these partitions. */
  joined(partitions: readonly number[]): void {
    this.inTurn(async () => {
      this.revoke(this.held.filter((partition) => !partitions.includes(partition)));
      this.held = partitions;
      const { onAssigned } = this.options.subscribe;
      if (onAssigned === undefined || partitions.length === 0) return;
      this.goBack(await onAssigned(partitions), await this.options.committed());
    });
  }

  /** This consumer is no member any more. */
  left(): void {
    this.inTurn(async () => {
      this.revoke(this.held);
      this.held = [];
      this.again.clear();
    });
  }

  /** The group has committed up to there. */
  passed(partition: number, nextOffset: number): void {
    if ((this.again.get(partition) ?? Infinity) <= nextOffset) this.again.delete(partition);
  }

  /** Whether nothing is being read again that the group had read before. */
  get isCaughtUp(): boolean {
    return this.again.size === 0;
  }

  /** Resolves when the subscriber has taken note of everything. */
  settled(): Promise<void> {
    return this.turn;
  }

  private goBack(wanted: ReadonlyMap<number, number>, committed: ReadonlyMap<number, number>): void {
    for (const [partition, offset] of wanted) {
      const reached = committed.get(partition) ?? 0;
      if (offset >= reached) continue;
      this.again.set(partition, reached);
      this.options.seek(partition, offset);
    }
  }

  private revoke(partitions: readonly number[]): void {
    for (const partition of partitions) this.again.delete(partition);
    if (partitions.length > 0) this.options.subscribe.onRevoked?.(partitions);
  }

  private inTurn(tell: () => Promise<void>): void {
    this.turn = this.turn.then(tell).catch((error: unknown) => this.options.failed(error));
  }
}
