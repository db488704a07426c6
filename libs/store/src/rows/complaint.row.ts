import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type {
  ComplaintChannel,
  ComplaintKind,
  ComplaintState,
  ComplaintVerdict,
  Light,
} from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/** 投诉: what its events, the rules and the instant of the last look give. Derived; the events are the truth. */
@Entity('complaint')
export class ComplaintRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 投诉〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  /** Key of the policy. */
  @TextColumn('policy', 40) policy!: string;
  @TextColumn('channel', 16) channel!: ComplaintChannel;
  @TextColumn('external_no', 64, { nullable: true }) externalNo!: string | null;
  @TextColumn('kind', 24) kind!: ComplaintKind;
  /** The department complained about. */
  @TextColumn('department', 64) department!: string;
  /** The department that handles it; null: the office itself. */
  @TextColumn('handler', 64, { nullable: true }) handler!: string | null;
  /** 检举控告: for inspectors only. */
  @TruthColumn('confidential') confidential!: boolean;
  @TextColumn('title', 255) title!: string;
  @TextColumn('state', 16) state!: ComplaintState;
  @TextColumn('light', 8) light!: Light;
  @TextColumn('clock', 24, { nullable: true }) clock!: string | null;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @TruthColumn('provisional') provisional!: boolean;
  /** First instant at which something changes with no act; null when nothing will. */
  @InstantColumn('next_change_at', { nullable: true }) nextChangeAt!: number | null;
  /** Keyed hash of who complains; null: anonymous. */
  @TextColumn('person', 64, { nullable: true }) person!: string | null;
  @TruthColumn('real_name') realName!: boolean;
  /** Id of the first complaint of this person about this matter; null: this is the first. */
  @NumberColumn('repeat_of', { nullable: true }) repeatOf!: number | null;
  @TextColumn('case_no', 64, { nullable: true }) caseNo!: string | null;
  /** The record of the case says in time, the complainant says late. */
  @TruthColumn('contradicts') contradicts!: boolean;
  @TextColumn('verdict', 16, { nullable: true }) verdict!: ComplaintVerdict | null;
  @TextColumn('satisfaction', 16, { nullable: true }) satisfaction!: string | null;
  @NumberColumn('reopened') reopened!: number;
  /** Number of its events; guards against two people acting at once. */
  @NumberColumn('version') version!: number;
  @InstantColumn('registered_at') registeredAt!: number;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: number | null;
}
