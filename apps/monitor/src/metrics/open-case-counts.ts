import type { Clock } from '@mingjian/runtime';
import { countOpenCases, type OpenCaseCount, type Store } from '@mingjian/store';

/** Rows that another process changed are seen after this time at the latest. */
const LONGEST_MS = 5_000;

/**
 * Open cases by department, class, light and clocks, counted at most once for all who ask at about the same time: with
 * a million open cases a count is not free, and every page asks for it.
 */
export class OpenCaseCounts {
  private isCurrent = false;
  private readAt = -Infinity;
  private reading: Promise<OpenCaseCount[]> = Promise.resolve([]);

  /** @param leastMs how old the numbers may be although rows changed */
  constructor(
    private readonly store: Store,
    private readonly wall: Clock,
    private readonly leastMs: number,
  ) {}

  /** Rows changed. */
  changed(): void {
    this.isCurrent = false;
  }

  read(): Promise<OpenCaseCount[]> {
    const age = this.wall.now() - this.readAt;
    if (age < 0 || age >= (this.isCurrent ? LONGEST_MS : this.leastMs)) {
      this.isCurrent = true;
      this.readAt = this.wall.now();
      this.reading = countOpenCases(this.store);
      // A failed count is not kept: the next who asks tries again.
      this.reading.catch(() => (this.readAt = -Infinity));
    }
    return this.reading;
  }
}
