import { Entity } from 'typeorm';
import { KeyColumn, LongTextColumn } from './columns';

/** What the daemon itself must remember over a restart, such as the digest of the rules that judged the cases. */
@Entity('setting')
export class SettingRow {
  @KeyColumn('name', 64) name!: string;
  @LongTextColumn('value') value!: string;
}
