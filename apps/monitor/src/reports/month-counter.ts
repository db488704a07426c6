import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, countMonth, staleMonths, type Store } from '@mingjian/store';

/** A month that changes all day is counted anew at most so often; until then its figures come from the facts. */
const AGAIN_AFTER_MS = 10 * 60_000;

export interface MonthCounterPorts {
  store: Store;
  /** The machine's clock. */
  wall: Clock;
  logger: Logger;
  /** Whether this process is the one that counts. */
  isOurs: () => boolean;
}

/** Counts months whose facts changed, so that a page over a year reads few rows. Figures are right without it, only slower. */
export class MonthCounter {
  private readonly countedAt = new Map<string, number>();
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: MonthCounterPorts) {}

  /** Counts what is stale and was not counted a moment ago. @returns the months counted. Never rejects. */
  runOnce(): Promise<string[]> {
    const run = this.running.then(() => this.count());
    this.running = run;
    return run;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async count(): Promise<string[]> {
    const { store, wall, logger, isOurs } = this.ports;
    const done: string[] = [];
    try {
      if (!isOurs()) return done;
      for (const month of await staleMonths(store)) {
        if (this.stopping) break;
        const now = wall.now();
        if (now - (this.countedAt.get(month) ?? -Infinity) < AGAIN_AFTER_MS) continue;
        await store.write((transaction) => countMonth(transaction, month, now), BESIDE_THE_SHARDS);
        this.countedAt.set(month, now);
        done.push(month);
        await nextTurn();
      }
    } catch (error) {
      logger.error(
        { err: error },
        'A month could not be counted; its figures come from the cases until it can.',
      );
    }
    return done;
  }
}
