import { z } from 'zod';
import type { Recipient } from './light';

/** What a notice tells of: 灯, 发现, 督办单, 申诉, 投诉, 数据源, 通报, 监测系统本身. */
export const NOTICE_KINDS = [
  'light',
  'finding',
  'order',
  'appeal',
  'complaint',
  'source',
  'bulletin',
  'system',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How urgent a notice is. Red may break through quiet hours, where the recipients document says so. */
export const NOTICE_GRADES = ['info', 'yellow', 'red'] as const;
export type NoticeGrade = (typeof NOTICE_GRADES)[number];

/** Why a notice is kept back: other rules or another calendar, a rebuilt store, an old matter, too many at once. */
export const NOTICE_HOLD_REASONS = ['rule', 'calendar', 'rebuild', 'history', 'storm'] as const;
export type NoticeHoldReason = (typeof NOTICE_HOLD_REASONS)[number];

/**
 * The facts that templates may name, by kind; others are kept and not shown. No personal data: a message leaves the
 * system. Instants are epoch milliseconds and their names end in `At`: they are shown in the calendar's zone.
 */
export const NOTICE_FACTS = {
  light: ['item', 'itemName', 'clock', 'clockName', 'light', 'from', 'dueAt', 'becameAt', 'advice'],
  finding: ['code', 'item', 'itemName', 'severity', 'text', 'foundAt'],
  order: ['orderNo', 'title', 'state', 'step', 'replyDueAt', 'reason', 'grade'],
  appeal: ['appealNo', 'title', 'state', 'dueAt', 'decision', 'reason'],
  complaint: ['complaintNo', 'title', 'state', 'clockName', 'light', 'dueAt', 'from', 'reason'],
  source: ['source', 'state', 'reason', 'lastSeenAt', 'count'],
  bulletin: ['number', 'title', 'period'],
  system: ['title', 'reason', 'count'],
} as const satisfies Record<NoticeKind, readonly string[]>;

/**
 * 通知事项: something that people must be told, written in the transaction of what it tells of. Who is told, how and when is
 * decided afterwards, from the recipients document.
 *
 * `key` is the identity of what is told: the same key is told a recipient once on each channel, however often it is
 * enqueued, until it was withdrawn.
 */
export interface Notice {
  /** At most 300 characters, such as `order/D-2026-17/issued`. */
  key: string;
  kind: NoticeKind;
  grade: NoticeGrade;
  /** Code of the department that answers for it; null: none in particular. */
  department: string | null;
  /** Code of the post that has it in hand, where it is known. */
  post?: string | null;
  caseNo?: string | null;
  /** Roles that are told; left out: those that the recipients document names for kind and grade. */
  recipients?: readonly Recipient[];
  /** One line in Chinese, at most 200 characters. */
  subject: string;
  facts: Readonly<Record<string, string | number | null>>;
  /** When it became true, epoch milliseconds. */
  at: number;
  /** Shard of the case; of a matter without a case any that is always the same for it. */
  shard: number;
  /** Notices of one thread: a red one mutes yellow ones that wait. */
  thread?: string | null;
  /** True: what was told under this key no longer holds. Only those who were told hear of it. */
  isWithdrawal?: boolean;
  /** Set: nothing is sent by itself; a person may release it. */
  mutedBecause?: NoticeHoldReason | null;
}

/** The states of a notification to one recipient on one channel. */
export const NOTIFICATION_STATES = ['waiting', 'bundled', 'formed', 'muted', 'withdrawn'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** The states of a message, which tells one recipient on one channel of one or more notices. */
export const MESSAGE_STATES = ['forming', 'waiting', 'sent', 'dead', 'withdrawn'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Body of `POST /v1/notifications/{id}/acknowledge`. */
export const AcknowledgeBody = z.strictObject({
  remark: z.string().max(500).optional().describe('What is being done about it'),
});

/** Body of `POST /v1/notifications/held/release`. */
export const ReleaseBody = z.strictObject({
  reason: z.enum(NOTICE_HOLD_REASONS).describe('Which of the notices that are kept back'),
  as: z
    .enum(['digest', 'each', 'discard'])
    .describe('One message for each recipient, one for each notice, or none at all'),
  because: z.string().min(2).max(500).describe('Why; it goes on record'),
});
