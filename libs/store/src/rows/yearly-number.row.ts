import { Entity } from 'typeorm';
import { KeyColumn, NumberColumn } from './columns';

/** The last number given in a series and a year: `order/2026`. */
@Entity('yearly_number')
export class YearlyNumberRow {
  @KeyColumn('series', 40) series!: string;
  @NumberColumn('last_number') lastNumber!: number;
}
