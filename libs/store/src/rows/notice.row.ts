import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { NoticeGrade, NoticeHoldReason, NoticeKind } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/**
 * Where a notice stands: `waiting` for the holder of its shard; `held` or `muted`, until a person releases it; `bundled`,
 * released to be told in one message for each recipient; `released`, to be told by itself; `told`: its notifications are
 * written; `discarded` by a person.
 */
export type NoticeState = 'waiting' | 'held' | 'muted' | 'bundled' | 'released' | 'told' | 'discarded';

/** 通知事项: something to be told, written with what it tells of. */
@Entity('notice')
export class NoticeRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @NumberColumn('shard') shard!: number;
  @TextColumn('notice_key', 320) noticeKey!: string;
  @TextColumn('thread', 240, { nullable: true }) thread!: string | null;
  @TextColumn('kind', 16) kind!: NoticeKind;
  @TextColumn('grade', 8) grade!: NoticeGrade;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('post', 64, { nullable: true }) post!: string | null;
  @TextColumn('case_no', 64, { nullable: true }) caseNo!: string | null;
  @TextColumn('subject', 255) subject!: string;
  /** Roles with commas between; empty: as the recipients document says. */
  @TextColumn('roles', 128) roles!: string;
  /** JSON. */
  @LongTextColumn('facts') facts!: string;
  @InstantColumn('at') at!: number;
  @InstantColumn('created_at') createdAt!: number;
  /** Truth of "what was told no longer holds". */
  @TruthColumn('is_withdrawal') isWithdrawal!: boolean;
  /** 0: told first; n: told because nobody of the level below has acknowledged it. */
  @NumberColumn('level') level!: number;
  @TextColumn('state', 12) state!: NoticeState;
  @TextColumn('reason', 16, { nullable: true }) reason!: NoticeHoldReason | null;
  /** Notices that one release tells together. */
  @TextColumn('bundle', 40, { nullable: true }) bundle!: string | null;
}
