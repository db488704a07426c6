import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn } from './columns';

/** Step events of a source that happened on a date: how many arrived, and how many it says it has sent (对账). */
@Entity('source_day')
export class SourceDayRow {
  @KeyColumn('source', 128) source!: string;
  /** YYYY-MM-DD in the zone of the working calendar. */
  @KeyColumn('date', 10) date!: string;
  @NumberColumn('arrived') arrived!: number;
  /** By the latest heartbeat that named the date; null where none did. */
  @NumberColumn('sent', { nullable: true }) sent!: number | null;
  /** `time` of that heartbeat. */
  @InstantColumn('sent_at', { nullable: true }) sentAt!: number | null;
}
