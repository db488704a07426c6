import { Entity } from 'typeorm';
import type { ClockWay } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, NumberColumn } from './columns';

/** 时钟偏差: what the clock of a source was ahead of ours when it was last measured at an exchange. */
@Entity('source_clock')
export class SourceClockRow {
  @KeyColumn('source', 128) source!: string;
  @KeyColumn('way', 16) way!: ClockWay;
  @NumberColumn('offset_ms') offsetMs!: number;
  /** The measurement is right within so much, milliseconds; null: it is at least so far ahead. */
  @NumberColumn('within_ms', { nullable: true }) withinMs!: number | null;
  @InstantColumn('measured_at') measuredAt!: number;
}
