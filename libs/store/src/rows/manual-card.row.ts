import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CardReason } from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn } from './columns';

/** 人工发牌: a light that a person gave. It stands among the light changes as clock `manual#ID`. */
@Entity('manual_card')
export class ManualCardRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 发牌〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  @TextColumn('case_no', 64) caseNo!: string;
  @TextColumn('department', 64) department!: string;
  @TextColumn('light', 8) light!: 'yellow' | 'red';
  @TextColumn('reason', 32) reason!: CardReason;
  @InstantColumn('issued_at') issuedAt!: number;
  @InstantColumn('withdrawn_at', { nullable: true }) withdrawnAt!: number | null;
  @NumberColumn('version') version!: number;
}
