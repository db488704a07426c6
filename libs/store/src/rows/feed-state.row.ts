import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, LongTextColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/**
 * How far a feed (接入) has read, who runs it, and what an operator asked of it. The epoch grows with each taking of the
 * lease: whoever holds an older one has lost the feed, whatever it believes.
 */
@Entity('feed_state')
export class FeedStateRow {
  @KeyColumn('feed', 64) feed!: string;
  @TextColumn('kind', 16) kind!: string;
  /** The process that runs it; empty: none. */
  @TextColumn('owner', 128) owner!: string;
  @NumberColumn('epoch') epoch!: number;
  /** Until then nobody else takes it. */
  @InstantColumn('lease_until') leaseUntil!: number;
  @TruthColumn('paused') paused!: boolean;
  /** Where it reads on, JSON of the kind's own form; empty: from the beginning. */
  @LongTextColumn('position') position!: string;
  /** What an operator asked for and is not done yet, JSON; empty: nothing. */
  @LongTextColumn('request') request!: string;
  /** Records that were new or changed, events and quarantine records published. */
  @NumberColumn('records') records!: number;
  @NumberColumn('events') events!: number;
  @NumberColumn('rejects') rejects!: number;
  /** Runs in a row that failed. */
  @NumberColumn('failures') failures!: number;
  @LongTextColumn('last_error') lastError!: string;
  /** Not before then it is tried again. */
  @InstantColumn('retry_at', { nullable: true }) retryAt!: number | null;
  /** When a run last came to its end in order. */
  @InstantColumn('last_run_at', { nullable: true }) lastRunAt!: number | null;
  /** When a new or changed record was last brought in. */
  @InstantColumn('last_progress_at', { nullable: true }) lastProgressAt!: number | null;
}
