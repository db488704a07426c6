/**
 * Time is injected: nothing outside this file asks the machine what time it is.
 * Instants are epoch milliseconds (UTC).
 */
export interface Clock {
  now(): number;
  /**
   * Calls `wake` once, as soon as `now()` has reached `at`; at once (never synchronously) where it has already.
   * Not guaranteed: punctuality. A late or lost wake-up must be made good by a periodic sweep.
   * @returns a function that cancels the wake-up.
   */
  wakeAt(at: number, wake: () => void): () => void;
}

/** setTimeout holds 31 bits of milliseconds; a longer wait is done in parts. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  wakeAt(at: number, wake: () => void): () => void {
    return wakeWhenReached(this, at, 1, wake);
  }
}

/**
 * A clock that starts at `startAt` and runs `speed` times as fast as the machine's clock.
 * Used by the demonstration only, which says so on every page.
 */
export class DemoClock implements Clock {
  private readonly startedAt: number;

  constructor(
    private readonly startAt: number,
    readonly speed: number,
    private readonly wall: Clock = new SystemClock(),
  ) {
    this.startedAt = wall.now();
  }

  now(): number {
    return this.startAt + Math.floor((this.wall.now() - this.startedAt) * this.speed);
  }

  wakeAt(at: number, wake: () => void): () => void {
    return wakeWhenReached(this, at, this.speed, wake);
  }
}

function wakeWhenReached(clock: Clock, at: number, speed: number, wake: () => void): () => void {
  let timer: NodeJS.Timeout;
  const sleep = (): void => {
    const wait = Math.min(Math.max(0, Math.ceil((at - clock.now()) / speed)), LONGEST_TIMEOUT_MS);
    timer = setTimeout(() => (clock.now() >= at ? wake() : sleep()), wait);
    timer.unref();
  };
  sleep();
  return () => clearTimeout(timer);
}
