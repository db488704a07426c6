import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { IssueMode, Light, LightChangeReason, LightKind } from '@mingjian/contracts';
import { InstantColumn, TextColumn } from './columns';

/** Why a light change that was written no longer holds: what the judge found, an appeal upheld, a card taken back. */
export type SupersededBecause = 'late_data' | 'rule' | 'calendar' | 'appeal' | 'manual';

/**
 * 亮灯变化: one clock's light changed. `becameAt` is the instant it became true, `detectedAt` the instant the daemon
 * wrote it. Rows are never deleted: one that no longer holds carries `supersededAt` and the reason.
 */
@Entity('light_change')
export class LightChangeRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('case_no', 64) caseNo!: string;
  @TextColumn('clock', 160) clock!: string;
  @TextColumn('clock_kind', 16) clockKind!: LightKind;
  /** Who answers for the clock: of a step another department than that of the case, where another does it. */
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @TextColumn('from_light', 8, { nullable: true }) fromLight!: Light | null;
  @TextColumn('to_light', 8) toLight!: Light;
  /** 发牌方式: whether the light came on by itself or waits for a person to confirm it. */
  @TextColumn('issue', 16, { default: 'automatic' }) issue!: IssueMode;
  @TextColumn('reason', 16) reason!: LightChangeReason;
  @InstantColumn('became_at') becameAt!: number;
  @InstantColumn('detected_at') detectedAt!: number;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @TextColumn('ruleset_version', 64) rulesetVersion!: string;
  @TextColumn('calendar_version', 64) calendarVersion!: string;
  @InstantColumn('superseded_at', { nullable: true }) supersededAt!: number | null;
  @TextColumn('superseded_because', 16, { nullable: true }) supersededBecause!: SupersededBecause | null;
}
