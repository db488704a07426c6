import { Entity, PrimaryColumn } from 'typeorm';
import { instantTransformer, KeyColumn, NumberColumn } from './columns';

/**
 * What a source sent in a quarter of an hour of receipt: its rhythm, and how long its events were under way. Counted in
 * the transaction that takes the events in, so that it is exact, and kept for some weeks only.
 */
@Entity('source_slot')
export class SourceSlotRow {
  @KeyColumn('source', 128) source!: string;
  /** Start of the quarter of an hour. */
  @PrimaryColumn({ name: 'slot', type: 'datetime', precision: 3, transformer: instantTransformer })
  slot!: number;
  /** Step events that were new, and heartbeats. */
  @NumberColumn('signs') signs!: number;
  /** Of the events: received within a minute, an hour, a day of when they happened, or later. */
  @NumberColumn('within_minute') withinMinute!: number;
  @NumberColumn('within_hour') withinHour!: number;
  @NumberColumn('within_day') withinDay!: number;
  @NumberColumn('later') later!: number;
}
