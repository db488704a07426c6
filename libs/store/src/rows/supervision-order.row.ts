import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Light, OrderColour, OrderLevel, OrderState } from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/** 督办单: what its events, the rules and the instant of the last look give. Derived; the events are the truth. */
@Entity('supervision_order')
export class SupervisionOrderRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 督办〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  @TextColumn('department', 64) department!: string;
  @TextColumn('post', 64, { nullable: true }) post!: string | null;
  @TextColumn('title', 255) title!: string;
  @TextColumn('colour', 8) colour!: OrderColour;
  @TextColumn('state', 24) state!: OrderState;
  @TextColumn('light', 8) light!: Light;
  @TextColumn('level', 16, { nullable: true }) level!: OrderLevel | null;
  @NumberColumn('round') round!: number;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @TruthColumn('provisional') provisional!: boolean;
  /** First instant at which something changes with no act; null when nothing will. */
  @InstantColumn('next_change_at', { nullable: true }) nextChangeAt!: number | null;
  /** Number of its events; guards against two people acting at once. */
  @NumberColumn('version') version!: number;
  /** The rule of the ruleset that issued it; null: a person did. */
  @TextColumn('rule', 40, { nullable: true }) rule!: string | null;
  @InstantColumn('issued_at') issuedAt!: number;
  @InstantColumn('ended_at', { nullable: true }) endedAt!: number | null;
}
