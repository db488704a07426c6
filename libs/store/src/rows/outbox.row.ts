import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/**
 * A message that is to be sent, written in the transaction of what it tells of, and deleted when it has been sent. What
 * crashes in between is sent again, under the same message id.
 */
@Entity('outbox')
export class OutboxRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** Shard of the case: its holder sends, in order of id. */
  @NumberColumn('shard') shard!: number;
  @TextColumn('topic', 64) topic!: string;
  /** Key of the record in the log: the case number. */
  @TextColumn('record_key', 64) recordKey!: string;
  @LongTextColumn('payload') payload!: string;
  @InstantColumn('created_at') createdAt!: number;
}
