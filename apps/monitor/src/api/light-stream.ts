import {
  lightChangesAfter,
  newestLightChangeId,
  type LightChangeRow,
  type RowScope,
  type Store,
} from '@mingjian/store';

/** Rows read at a time for one listener. */
const PAGE = 200;
/** How often the table is looked at without a call: another process may have written. */
const POLL_MS = 2_000;
/** Polls without news between two signs of life. */
const POLLS_PER_HEARTBEAT = 7;

/**
 * Live light changes for any number of listeners. Each listener has a place of its own in the table and reads on from
 * there at its own pace: nothing is buffered for a slow one, and nothing is left out.
 */
export class LightStream {
  private wakeUps = new Set<() => void>();
  private stopped = false;
  /** Counts the calls of {@link wake}: news that came while a listener was reading is not slept over. */
  private news = 0;

  /**
   * @param overlap so many ids before a listener's place are looked at again: where several processes write, a lower id can
   * be committed after a higher one. 0 where one process writes.
   */
  constructor(
    private readonly store: Store,
    private readonly overlap: number,
  ) {}

  /** Light changes were committed. */
  wake(): void {
    this.news++;
    for (const wakeUp of this.wakeUps) wakeUp();
  }

  /** Ends all listeners. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /**
   * Light changes within `scope` after id `after` (null: after the newest now), in order of id. An empty page is a sign
   * of life.
   * Ends when `signal` aborts or the stream stops.
   */
  async *follow(
    after: number | null,
    scope: RowScope,
    signal: AbortSignal,
  ): AsyncGenerator<LightChangeRow[]> {
    let place = after ?? (await newestLightChangeId(this.store));
    let sent = await this.idsBefore(place);
    let polls = 0;
    while (!this.stopped && !signal.aborted) {
      const news = this.news;
      const page = await lightChangesAfter(this.store, place - this.overlap, PAGE + this.overlap);
      const rows = page.filter(({ id }) => !sent.has(id));
      const last = rows[rows.length - 1];
      if (last !== undefined) {
        place = Math.max(place, last.id);
        if (this.overlap > 0)
          sent = new Set([...sent, ...rows.map(({ id }) => id)].filter((id) => id > place - this.overlap));
        const covered = rows.filter(({ department }) => scope.covers(department));
        if (covered.length > 0) polls = 0;
        // Who is told nothing of all that happens elsewhere still gets a sign of life.
        if (covered.length > 0 || ++polls % POLLS_PER_HEARTBEAT === 0) yield covered;
        continue;
      }
      if (++polls % POLLS_PER_HEARTBEAT === 0) yield [];
      if (news === this.news) await this.wait(signal);
    }
  }

  /** What a listener who begins at `place` is not told: it was there before. */
  private async idsBefore(place: number): Promise<Set<number>> {
    if (this.overlap === 0) return new Set();
    const rows = await lightChangesAfter(this.store, place - this.overlap, this.overlap);
    return new Set(rows.map(({ id }) => id).filter((id) => id <= place));
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wakeUps.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      timer.unref();
      this.wakeUps.add(done);
      signal.addEventListener('abort', done);
    });
  }
}
