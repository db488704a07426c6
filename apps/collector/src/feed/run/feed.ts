import type { ClockWay, RunnableFeed } from '@mingjian/contracts';
import type { FeedStateRow, StoreTransaction } from '@mingjian/store';
import type { Acceptance, RecordContext } from '@mingjian/mapping';

/** What one step of a run has read and decided. */
export interface FeedStep {
  /** In the order in which the log is to have them. */
  acceptances: readonly Acceptance[];
  /** Records read, also those that say nothing new: what the pace counts. */
  read: number;
  /** Of them the new and changed ones. */
  changed: number;
  /** Where to read on when the step is durable, JSON; left out: it stays. */
  position?: string;
  /** What is left of an operator's request, JSON; empty: it is done; left out: it stays. */
  request?: string;
  /** More to write in the same transaction. */
  also?: (transaction: StoreTransaction) => Promise<void>;
}

/** What a run may use of the runner. Times are epoch milliseconds. */
export interface FeedSession {
  /** As it was when the run began. */
  readonly state: Readonly<FeedStateRow>;
  /** Aborted when the run must end: the process stops, or another one has taken the feed. */
  readonly signal: AbortSignal;
  /** Whether to end after the step that was just noted: stopped, taken by another, or paused. */
  readonly isEnding: boolean;
  /** Whether a source that is never at its end is to be read until the session is ending; else until nothing is left. */
  readonly isContinuous: boolean;
  now(): number;
  /** Notes that all was read, in a run that goes on. `waiting`: records that have come since. */
  caughtUp(waiting: number): Promise<void>;
  /**
   * Notes what the clock of the source said. `askedAt`: ours when it was asked, the answer being here now; null: it was not
   * asked, and what it said has been under way for a while.
   */
  tellClock(way: ClockWay, sourceAt: number, askedAt: number | null): Promise<void>;
  /** What holds of a record at that place. */
  context(raw: string, place: string): RecordContext;
  /**
   * For input that may look different when it is read again: writes the step and what it publishes in one transaction,
   * then publishes. A crash in between publishes it after the restart, before anything else is read.
   * @throws FeedLostError where another process has taken the feed; nothing was written then.
   */
  decide(step: FeedStep): Promise<void>;
  /**
   * For input that stays as it is: publishes, then writes. A crash in between publishes the same events again, which does
   * no harm.
   * @throws FeedLostError where another process has taken the feed; then its position is not touched.
   */
  deliver(step: FeedStep): Promise<void>;
}

/** What a run came to. */
export interface FeedRun {
  /** Records or files that were seen and left for the next run. */
  waiting: number;
}

/** How one kind of feed reads. Opened for a run, so that a broken connection never outlives it. */
export interface FeedReader {
  readonly document: RunnableFeed;
  /** Reads what is there, in bounded steps, until nothing is left or the session is ending. */
  run(session: FeedSession): Promise<FeedRun>;
}
