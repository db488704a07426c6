import { Entity } from 'typeorm';
import type { IssueDecision, Light } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, LongTextColumn, TextColumn } from './columns';

/**
 * 发牌确认: what a person decided about a light that waited for confirmation, by its identity. A cancelled light is not written
 * again while the row stands, whatever is judged anew, replayed or rebuilt.
 */
@Entity('light_issue')
export class LightIssueRow {
  @KeyColumn('case_no', 64) caseNo!: string;
  /** What `lightIdentityKey` gives. */
  @KeyColumn('identity', 200) identity!: string;
  @TextColumn('clock', 160) clock!: string;
  /** `-`: none before. */
  @TextColumn('from_light', 8) fromLight!: Light | '-';
  @TextColumn('to_light', 8) toLight!: Light;
  @InstantColumn('became_at') becameAt!: number;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('decision', 10) decision!: IssueDecision;
  @LongTextColumn('reason') reason!: string;
  @TextColumn('decided_by', 64) decidedBy!: string;
  @TextColumn('decided_by_name', 128) decidedByName!: string;
  @InstantColumn('decided_at') decidedAt!: number;
}
