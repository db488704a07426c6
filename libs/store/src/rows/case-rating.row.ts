import { Entity } from 'typeorm';
import type { RatingFact } from '@mingjian/rules';
import { InstantColumn, KeyColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/**
 * 评价: one rating of a case, and how it was answered. Derived, written by the judge with the case row; the members are those of
 * `RatingFact` in the rules. Truth values are numbers here, so that they can be summed. Whether it counts stands elsewhere: what
 * people decided about it is in `rating_appeal`.
 */
@Entity('case_rating')
export class CaseRatingRow implements RatingFact {
  @KeyColumn('case_no', 64) caseNo!: string;
  @KeyColumn('source', 128) source!: string;
  @KeyColumn('event_id', 128) eventId!: string;
  @InstantColumn('rated_at') ratedAt!: number;
  @InstantColumn('received_at', { nullable: true }) receivedAt!: number | null;
  @TextColumn('month', 7) month!: string;
  @TextColumn('district', 64, { nullable: true }) district!: string | null;
  @TextColumn('hall', 64, { nullable: true }) hall!: string | null;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @NumberColumn('grade') grade!: number;
  @NumberColumn('bad') bad!: 0 | 1;
  @NumberColumn('real_name') realName!: 0 | 1;
  /** A list, as JSON. */
  @LongTextColumn('tags') tags!: string;
  @NumberColumn('number', { nullable: true }) number!: number | null;
  @InstantColumn('contact_due_at', { nullable: true }) contactDueAt!: number | null;
  @InstantColumn('contacted_at', { nullable: true }) contactedAt!: number | null;
  @InstantColumn('rectify_due_at', { nullable: true }) rectifyDueAt!: number | null;
  @InstantColumn('rectified_at', { nullable: true }) rectifiedAt!: number | null;
}
