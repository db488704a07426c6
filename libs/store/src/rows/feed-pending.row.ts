import { Entity, PrimaryColumn } from 'typeorm';
import { KeyColumn, LongTextColumn } from './columns';

/** What a feed has decided and not yet handed to the log, or may not have. */
@Entity('feed_pending')
export class FeedPendingRow {
  @KeyColumn('feed', 64) feed!: string;
  /** Its place in the order. */
  @PrimaryColumn({ name: 'place', type: 'integer' }) place!: number;
  /** JSON. */
  @LongTextColumn('payload') payload!: string;
}
