import type { Clock, Logger } from '@mingjian/runtime';
import { earliestNextChangeAt, type Store } from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import type { DueSweep } from './due-sweep';

/**
 * Wakes the sweep at the earliest instant at which a light changes with no new event. The race is benign: a case that
 * becomes due earlier while the timer is being set announces itself through {@link notice}, and whatever is lost is
 * made good by the periodic sweep.
 */
export class DueTimer {
  private armedAt = Infinity;
  private cancel: () => void = () => undefined;
  private stopped = true;

  constructor(
    private readonly store: Store,
    private readonly sweep: DueSweep,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Sets the timer by what the store says. */
  async start(): Promise<void> {
    this.stopped = false;
    await this.rearm();
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
    this.armedAt = Infinity;
  }

  /** A case was judged whose light changes at `nextChangeAt`. */
  notice(nextChangeAt: number | null): void {
    if (this.stopped || nextChangeAt === null || nextChangeAt >= this.armedAt) return;
    this.arm(nextChangeAt);
  }

  /** Sweeps now and sets the timer anew: what the timer and the safety net both do. Never rejects. */
  async sweepNow(): Promise<void> {
    try {
      await this.sweep.runOnce(this.clock.now());
      await this.rearm();
    } catch (error) {
      this.logger.error({ err: error }, 'A sweep failed; the next one makes it good.');
    }
  }

  private async rearm(): Promise<void> {
    const earliest = await earliestNextChangeAt(this.store, this.shards.shards);
    if (this.stopped) return;
    if (earliest === null) {
      this.cancel();
      this.armedAt = Infinity;
    } else {
      this.arm(earliest);
    }
  }

  private arm(at: number): void {
    this.cancel();
    this.armedAt = at;
    this.cancel = this.clock.wakeAt(at, () => {
      this.armedAt = Infinity;
      void this.sweepNow();
    });
  }
}
