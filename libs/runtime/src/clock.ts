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

/** A clock that stands still is not asked more often than this. */
const LEAST_PAUSE_MS = 20;

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
 * The clock of the demonstration: it stands where it is put, then runs `speed` times as fast as the machine's clock.
 * While it stands, history is played in and the clock is moved along with it. It never goes back.
 */
export class DemoClock implements Clock {
  private runningSince: number | null = null;

  constructor(
    private instant: number,
    readonly speed: number,
    private readonly wall: Clock = new SystemClock(),
  ) {}

  now(): number {
    if (this.runningSince === null) return this.instant;
    return this.instant + Math.floor((this.wall.now() - this.runningSince) * this.speed);
  }

  /** Puts the standing clock forward; an instant that has passed already changes nothing. */
  moveTo(at: number): void {
    if (this.runningSince === null) this.instant = Math.max(this.instant, at);
  }

  /** Lets the clock run from where it stands. */
  run(): void {
    this.runningSince ??= this.wall.now();
  }

  wakeAt(at: number, wake: () => void): () => void {
    return wakeWhenReached(this, at, this.speed, wake);
  }
}

function wakeWhenReached(clock: Clock, at: number, speed: number, wake: () => void): () => void {
  let timer: NodeJS.Timeout;
  let pause = 0;
  const sleep = (): void => {
    const wait = Math.min(Math.max(0, Math.ceil((at - clock.now()) / speed)), LONGEST_TIMEOUT_MS);
    timer = setTimeout(() => (clock.now() >= at ? wake() : sleep()), Math.max(wait, pause));
    pause = LEAST_PAUSE_MS;
    timer.unref();
  };
  sleep();
  return () => clearTimeout(timer);
}
