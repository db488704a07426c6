import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { NoticeGrade, NoticeKind, NotificationState, Recipient } from '@mingjian/contracts';
import { InstantColumn, NumberColumn, TextColumn } from './columns';

/**
 * 通知: one notice for one recipient on one channel. Unique by (notice key, level, recipient, channel, generation), which is
 * what makes telling happen once however often a notice is written.
 */
@Entity('notification')
export class NotificationRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @NumberColumn('notice_id') noticeId!: number;
  @TextColumn('notice_key', 320) noticeKey!: string;
  @NumberColumn('level') level!: number;
  @TextColumn('recipient', 64) recipient!: string;
  @TextColumn('channel', 32) channel!: string;
  /** 0 while it holds; its own id once it was withdrawn, so that the same light, found again, is told again. */
  @NumberColumn('generation') generation!: number;
  @TextColumn('role', 24) role!: Recipient;
  @NumberColumn('shard') shard!: number;
  @TextColumn('kind', 16) kind!: NoticeKind;
  @TextColumn('grade', 8) grade!: NoticeGrade;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('case_no', 64, { nullable: true }) caseNo!: string | null;
  @TextColumn('thread', 240, { nullable: true }) thread!: string | null;
  @TextColumn('state', 12) state!: NotificationState;
  @TextColumn('bundle', 40, { nullable: true }) bundle!: string | null;
  /** When the matter became true. */
  @InstantColumn('at') at!: number;
  @InstantColumn('created_at') createdAt!: number;
  /** Not before this instant: digests and quiet hours. */
  @InstantColumn('deliver_at') deliverAt!: number;
  /** 0: in none yet. */
  @NumberColumn('message_id') messageId!: number;
  /** Until when the recipient must have acknowledged it; null: he need not. */
  @InstantColumn('ack_due_at', { nullable: true }) ackDueAt!: number | null;
  @InstantColumn('acknowledged_at', { nullable: true }) acknowledgedAt!: number | null;
  @TextColumn('acknowledged_by', 64, { nullable: true }) acknowledgedBy!: string | null;
  /** When the next level was told because nobody acknowledged. */
  @InstantColumn('escalated_at', { nullable: true }) escalatedAt!: number | null;
}
