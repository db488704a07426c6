import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AppealReason, AppealState, Light } from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/** 申诉: what its events, the rules and the instant of the last look give. Derived; the events are the truth. */
@Entity('appeal')
export class AppealRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 申诉〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  /** SHA-256 of the identity of the light, hexadecimal, and which appeal against it this is. */
  @TextColumn('light_key', 64) lightKey!: string;
  @NumberColumn('attempt') attempt!: number;
  @TextColumn('case_no', 64) caseNo!: string;
  @TextColumn('clock', 160) clock!: string;
  @InstantColumn('became_at') becameAt!: number;
  @TextColumn('from_light', 8, { nullable: true }) fromLight!: Light | null;
  @TextColumn('to_light', 8) toLight!: Light;
  @TextColumn('department', 64) department!: string;
  @TextColumn('reason', 32) reason!: AppealReason;
  @TextColumn('state', 16) state!: AppealState;
  @TextColumn('light', 8) light!: Light;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @TruthColumn('provisional') provisional!: boolean;
  @InstantColumn('next_change_at', { nullable: true }) nextChangeAt!: number | null;
  @NumberColumn('version') version!: number;
  @InstantColumn('filed_at') filedAt!: number;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: number | null;
}
