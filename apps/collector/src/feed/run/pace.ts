import type { Clock } from '@mingjian/runtime';

/** Resolves when the clock has reached `at`, or at once when the signal is aborted. */
export function sleepUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || at <= clock.now()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.wakeAt(at, end);
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Holds a feed to so many records a second on average, without saving up what it did not use: after a quiet night a feed
 * is not let loose on the department's database.
 */
export class Pace {
  private freeAt = 0;

  /** `perSecond` 0: no bound. */
  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock,
  ) {}

  /** Waits until the records taken before have used up their time, then counts these. */
  async take(records: number, signal: AbortSignal): Promise<void> {
    if (this.perSecond === 0) return;
    await sleepUntil(this.clock, this.freeAt, signal);
    this.freeAt = Math.max(this.freeAt, this.clock.now()) + (records * 1000) / this.perSecond;
  }

  /** Milliseconds until more may be taken; 0: now, and these are counted. For who must not wait but refuse. */
  tryTake(records: number): number {
    if (this.perSecond === 0) return 0;
    const now = this.clock.now();
    if (this.freeAt > now) return this.freeAt - now;
    this.freeAt = now + (records * 1000) / this.perSecond;
    return 0;
  }
}

/**
 * Pause after so many failures in a row, milliseconds: doubled each time up to the longest, of which a random half is
 * left out, so that many feeds do not come back to a database at the same instant. `chance` is in [0, 1).
 */
export function backOffMs(
  { first, longest }: { first: number; longest: number },
  failures: number,
  chance: number,
): number {
  const full = Math.min(longest, first * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (1 - chance / 2));
}
