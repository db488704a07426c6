import type { Clock } from '../clock';

/** A clock that moves only when a test says so, backwards too. */
export class TestClock implements Clock {
  private waiting: { at: number; wake: () => void }[] = [];

  constructor(private instant: number) {}

  now(): number {
    return this.instant;
  }

  wakeAt(at: number, wake: () => void): () => void {
    const entry = { at, wake };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  /** Moves to `at` and wakes, in order, whoever waits for an instant up to it. */
  moveTo(at: number): void {
    this.instant = at;
    const due = this.waiting.filter((entry) => entry.at <= at).sort((a, b) => a.at - b.at);
    this.waiting = this.waiting.filter((entry) => entry.at > at);
    for (const entry of due) entry.wake();
  }
}
