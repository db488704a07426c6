import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ItemClass } from '@mingjian/contracts';
import { NumberColumn, TextColumn } from './columns';

/**
 * The cases of a month counted by place, department, item, post and officer; the sums are those of `FigureSums`. Accepted cases
 * stand in rows of their own: they belong to the month of their acceptance. Derived from `case_fact`.
 */
@Entity('month_sum')
export class MonthSumRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('month', 7) month!: string;
  @TextColumn('district', 64, { nullable: true }) district!: string | null;
  @TextColumn('hall', 64, { nullable: true }) hall!: string | null;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @TextColumn('item_class', 16, { nullable: true }) itemClass!: ItemClass | null;
  @TextColumn('post', 64, { nullable: true }) post!: string | null;
  @TextColumn('officer', 64, { nullable: true }) officer!: string | null;
  @NumberColumn('accepted', { default: 0 }) accepted!: number;
  @NumberColumn('ended', { default: 0 }) ended!: number;
  @NumberColumn('decided', { default: 0 }) decided!: number;
  @NumberColumn('without_result', { default: 0 }) withoutResult!: number;
  @NumberColumn('promised', { default: 0 }) promised!: number;
  @NumberColumn('late_promise', { default: 0 }) latePromise!: number;
  @NumberColumn('late_statutory', { default: 0 }) lateStatutory!: number;
  @NumberColumn('early', { default: 0 }) early!: number;
  @NumberColumn('same_day', { default: 0 }) sameDay!: number;
  @NumberColumn('on_the_spot', { default: 0 }) onTheSpot!: number;
  @NumberColumn('timed', { default: 0 }) timed!: number;
  @NumberColumn('used_days', { default: 0 }) usedDays!: number;
  @NumberColumn('promise_days', { default: 0 }) promiseDays!: number;
  @NumberColumn('promise_used', { default: 0 }) promiseUsed!: number;
  @NumberColumn('statutory', { default: 0 }) statutory!: number;
  @NumberColumn('statutory_days', { default: 0 }) statutoryDays!: number;
  @NumberColumn('statutory_used', { default: 0 }) statutoryUsed!: number;
  @NumberColumn('joint', { default: 0 }) joint!: number;
  @NumberColumn('saved_days', { default: 0 }) savedDays!: number;
  @NumberColumn('suspended', { default: 0 }) suspended!: number;
  @NumberColumn('suspended_days', { default: 0 }) suspendedDays!: number;
  @NumberColumn('reopened', { default: 0 }) reopened!: number;
  @NumberColumn('incomplete', { default: 0 }) incomplete!: number;
  @NumberColumn('ratings', { default: 0 }) ratings!: number;
  @NumberColumn('bad_ratings', { default: 0 }) badRatings!: number;
  @NumberColumn('grade_sum', { default: 0 }) gradeSum!: number;
}
