import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Light, RatingAppealReason, RatingAppealState } from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/**
 * 差评申诉: what its events, the rules and the instant of the last look give. While one stands as `upheld` the rating that it names
 * counts in no net figure, whatever is judged anew, replayed or rebuilt.
 */
@Entity('rating_appeal')
export class RatingAppealRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 评诉〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  /** The event that reported the rating. */
  @TextColumn('case_no', 64) caseNo!: string;
  @TextColumn('source', 128) source!: string;
  @TextColumn('event_id', 128) eventId!: string;
  /** SHA-256 of the three, hexadecimal, and which appeal against that rating this is. */
  @TextColumn('rating_key', 64) ratingKey!: string;
  @NumberColumn('attempt') attempt!: number;
  @NumberColumn('grade') grade!: number;
  @TextColumn('department', 64) department!: string;
  @TextColumn('reason', 32) reason!: RatingAppealReason;
  @TextColumn('state', 16) state!: RatingAppealState;
  @TextColumn('light', 8) light!: Light;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @TruthColumn('provisional') provisional!: boolean;
  @InstantColumn('next_change_at', { nullable: true }) nextChangeAt!: number | null;
  @NumberColumn('version') version!: number;
  @InstantColumn('filed_at') filedAt!: number;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: number | null;
}
