import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Matter } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/** 办理记录: what somebody, or the passing of time, did about an order, an appeal, a card or a complaint. Appended, never changed. */
@Entity('act_event')
export class ActEventRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('matter', 16) matter!: Matter;
  @NumberColumn('matter_id') matterId!: number;
  /** 1 for the first of its matter. */
  @NumberColumn('seq') seq!: number;
  @TextColumn('type', 32) type!: string;
  @InstantColumn('at') at!: number;
  @TextColumn('actor', 80) actor!: string;
  @TextColumn('actor_name', 80) actorName!: string;
  /** What was done, as JSON: an `OrderRecord`, an `AppealRecord`, a `CardRecord` or a `ComplaintRecord`. */
  @LongTextColumn('act') act!: string;
  /** The same act submitted twice has the same key, and is done once. */
  @TextColumn('act_key', 160) actKey!: string;
}
