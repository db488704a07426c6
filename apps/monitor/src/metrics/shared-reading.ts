import type { Clock } from '@mingjian/runtime';

/** All gauges of one scrape ask within this time. */
const FRESH_FOR_MS = 1_000;

/** A reading that serves several gauges of a scrape: whichever is collected first begins it, the others wait for it. */
export class SharedReading {
  private readAt = -Infinity;
  private reading: Promise<void> = Promise.resolve();

  /** @param wall the machine's clock */
  constructor(
    private readonly wall: Clock,
    private readonly work: () => Promise<void>,
  ) {}

  read(): Promise<void> {
    const now = this.wall.now();
    if (now - this.readAt >= FRESH_FOR_MS || now < this.readAt) {
      this.readAt = now;
      this.reading = this.work();
    }
    return this.reading;
  }
}
