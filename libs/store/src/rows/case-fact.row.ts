import { Entity } from 'typeorm';
import type { CaseFact, CaseOutcome } from '@mingjian/rules';
import type { ItemClass } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn } from './columns';

/**
 * 办件要素: what statistics need of a case that was accepted or has ended. Derived, written by the judge with the case row;
 * the members are those of `CaseFact` in the rules. Truth values are numbers here, so that they can be summed.
 */
@Entity('case_fact')
export class CaseFactRow implements CaseFact {
  @KeyColumn('case_no', 64) caseNo!: string;
  @NumberColumn('shard') shard!: number;
  @TextColumn('accepted_month', 7, { nullable: true }) acceptedMonth!: string | null;
  @TextColumn('ended_month', 7, { nullable: true }) endedMonth!: string | null;
  @InstantColumn('accepted_at', { nullable: true }) acceptedAt!: number | null;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: number | null;
  @TextColumn('district', 64, { nullable: true }) district!: string | null;
  @TextColumn('hall', 64, { nullable: true }) hall!: string | null;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @TextColumn('item_class', 16, { nullable: true }) itemClass!: ItemClass | null;
  @TextColumn('post', 64, { nullable: true }) post!: string | null;
  @TextColumn('officer', 64, { nullable: true }) officer!: string | null;
  @TextColumn('outcome', 16, { nullable: true }) outcome!: CaseOutcome | null;
  @TextColumn('applicant', 64, { nullable: true }) applicant!: string | null;
  @NumberColumn('decided') decided!: 0 | 1;
  @NumberColumn('promise_days', { nullable: true }) promiseDays!: number | null;
  @NumberColumn('statutory_days', { nullable: true }) statutoryDays!: number | null;
  @NumberColumn('used_days', { nullable: true }) usedDays!: number | null;
  @NumberColumn('late_promise') latePromise!: 0 | 1;
  @NumberColumn('late_statutory') lateStatutory!: 0 | 1;
  @NumberColumn('early') early!: 0 | 1;
  @NumberColumn('same_day') sameDay!: 0 | 1;
  @NumberColumn('saved_days') savedDays!: number;
  @NumberColumn('suspended_days') suspendedDays!: number;
  @NumberColumn('reopened') reopened!: 0 | 1;
  @NumberColumn('late_reopened') lateReopened!: 0 | 1;
  @NumberColumn('late_held') lateHeld!: 0 | 1;
  @NumberColumn('incomplete') incomplete!: 0 | 1;
  @NumberColumn('ratings') ratings!: number;
  @NumberColumn('bad_ratings') badRatings!: number;
  @NumberColumn('grade_sum') gradeSum!: number;
}
