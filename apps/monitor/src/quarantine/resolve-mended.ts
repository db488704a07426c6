import type { Clock, Logger } from '@mingjian/runtime';
import { BESIDE_THE_SHARDS, endQuarantine, heldMeanings, type Store } from '@mingjian/store';

/** Held records that one run looks at; the next run goes on behind them. */
const MOST_AT_ONCE = 1_000;
const START = { receivedAt: 0, id: '' };

/**
 * Ends the quarantine of records that came again, mended, and were accepted: the event that such a record would have been,
 * known by its source and id, has arrived since. The record stays on file, with what ended it. Whatever way it came in;
 * feeds of tables, whose rows need not mean the same event after a mend, tell the end of theirs themselves.
 *
 * Beside the flow and not in it: nothing waits for it, and it may be left and done again at any moment.
 */
export class ResolveMended {
  private after = START;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly logger: Logger,
    /** One process does it for all. */
    private readonly isOurs: () => boolean,
  ) {}

  /** @returns how many records it resolved. */
  async runOnce(): Promise<number> {
    if (!this.isOurs()) return 0;
    const held = await heldMeanings(this.store, this.after, MOST_AT_ONCE);
    const last = held.at(-1);
    this.after = last === undefined || held.length < MOST_AT_ONCE ? START : last;
    const mended = held.filter(({ arrivedAt }) => arrivedAt !== null);
    if (mended.length === 0) return 0;
    const at = this.clock.now();
    const ended = await this.store.write(async (transaction) => {
      let count = 0;
      for (const { id, source, eventId } of mended)
        if (await endQuarantine(transaction, id, { state: 'resolved', at, by: source, eventIds: eventId }))
          count++;
      return count;
    }, BESIDE_THE_SHARDS);
    this.logger.info({ records: ended }, 'Records in quarantine came again, mended.');
    return ended;
  }
}
