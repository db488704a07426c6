import { Entity } from 'typeorm';
import { KeyColumn, LongTextColumn, TextColumn } from './columns';

/** What a row of a department's table was when it was last read: told again it is passed over, changed it is corrected. */
@Entity('feed_row')
export class FeedRowRow {
  @KeyColumn('feed', 64) feed!: string;
  /** SHA-256 of the values of its key columns, hex. */
  @KeyColumn('row_key', 64) rowKey!: string;
  /** SHA-256 of all its values, hex. */
  @TextColumn('digest', 64) digest!: string;
  /** Its version as the department counts them; empty where it does not. */
  @TextColumn('version', 64) version!: string;
  /** The events that stand for it now, JSON. */
  @LongTextColumn('events') events!: string;
}
