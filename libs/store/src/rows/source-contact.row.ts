import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, TextColumn } from './columns';

/** The last sign of life of a source. Only the latest instants: nothing here is a running total. */
@Entity('source_contact')
export class SourceContactRow {
  @KeyColumn('source', 128) source!: string;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @InstantColumn('last_received_at') lastReceivedAt!: number;
  @InstantColumn('last_occurred_at') lastOccurredAt!: number;
}
