import { Entity } from 'typeorm';
import { KeyColumn, LongTextColumn, TextColumn, TruthColumn } from './columns';

/** What of a row of a department's table lies in quarantine, until the row is read again and means something. */
@Entity('feed_reject')
export class FeedRejectRow {
  @KeyColumn('feed', 64) feed!: string;
  @KeyColumn('quarantine_id', 64) quarantineId!: string;
  /** SHA-256 of the values of its key columns, hex, as in `feed_row`. */
  @TextColumn('row_key', 64) rowKey!: string;
  /** The values of its key and version columns, JSON: by them it is read again. */
  @LongTextColumn('row_values') rowValues!: string;
  /** Whether it waits for a row of another table. */
  @TruthColumn('is_waiting') isWaiting!: boolean;
  /** The quarantine record without what was received, JSON. */
  @LongTextColumn('record') record!: string;
}
