import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn } from './columns';

/** The last sign of life of a source, and since when it has been silent. Nothing here is a running total. */
@Entity('source_contact')
export class SourceContactRow {
  @KeyColumn('source', 128) source!: string;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  /** Receipt of the latest step event or heartbeat. */
  @InstantColumn('last_received_at') lastReceivedAt!: number;
  @InstantColumn('last_occurred_at') lastOccurredAt!: number;
  /** Receipt of the latest heartbeat; null where none ever came. */
  @InstantColumn('heartbeat_at', { nullable: true }) heartbeatAt!: number | null;
  /** What the clock of the source was ahead of ours at that heartbeat, milliseconds; the way here counts in. */
  @NumberColumn('clock_offset_ms', { nullable: true }) clockOffsetMs!: number | null;
  /** Since when it counts as silent; null while it is alive. */
  @InstantColumn('silent_since', { nullable: true }) silentSince!: number | null;
}
