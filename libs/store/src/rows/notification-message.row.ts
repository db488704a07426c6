import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { MessageState, NoticeGrade } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/**
 * A message as it is sent: what one recipient is told on one channel, of one notice or of many. `messageKey` is what the
 * receiver knows it by: sent again after a crash, it is the same.
 */
@Entity('notification_message')
export class NotificationMessageRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('message_key', 40) messageKey!: string;
  @TextColumn('channel', 32) channel!: string;
  @TextColumn('recipient', 64) recipient!: string;
  @TextColumn('bundle', 40, { nullable: true }) bundle!: string | null;
  @TextColumn('grade', 8) grade!: NoticeGrade;
  /** How many notices it tells of. */
  @NumberColumn('notices') notices!: number;
  @TextColumn('state', 12) state!: MessageState;
  @TextColumn('subject', 255) subject!: string;
  /** What the channel is given, JSON. */
  @LongTextColumn('content') content!: string;
  @NumberColumn('attempts') attempts!: number;
  @InstantColumn('next_attempt_at') nextAttemptAt!: number;
  /** The process that is sending it; empty: none. */
  @TextColumn('lease_owner', 96) leaseOwner!: string;
  @InstantColumn('lease_until') leaseUntil!: number;
  /** Why the latest attempt failed, from a closed list; null: none did. */
  @TextColumn('reason', 24, { nullable: true }) reason!: string | null;
  @TextColumn('detail', 255, { nullable: true }) detail!: string | null;
  @InstantColumn('created_at') createdAt!: number;
  @InstantColumn('sent_at', { nullable: true }) sentAt!: number | null;
}
