import { Entity } from 'typeorm';
import type { Light } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn } from './columns';

/**
 * 撤销的灯: a light against which an appeal was upheld, by its identity. While the row stands the judge does not write that
 * light again, whatever is judged anew, replayed or rebuilt; any other light of the case it does.
 */
@Entity('upheld_light')
export class UpheldLightRow {
  @KeyColumn('case_no', 64) caseNo!: string;
  /** What `lightIdentityKey` gives. */
  @KeyColumn('identity', 200) identity!: string;
  @NumberColumn('appeal_id') appealId!: number;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('to_light', 8) toLight!: Light;
  @InstantColumn('became_at') becameAt!: number;
  @InstantColumn('upheld_at') upheldAt!: number;
}
