import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, NumberColumn } from './columns';

/** Up to which revision of its facts a month was counted into `month_sum`. Derived. */
@Entity('month_count')
export class MonthCountRow {
  @PrimaryColumn({ name: 'month', type: 'varchar', length: 7 }) month!: string;
  @NumberColumn('revision') revision!: number;
  @InstantColumn('counted_at') countedAt!: number;
}
