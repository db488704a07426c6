import type { NoticeRow, NotificationMessageRow, NotificationRow } from '@mingjian/store';
import type { RecipientBook } from '../notify/recipient-book';
import type { Presenter } from './present';

/** A notification as the API shows it: never an address. `state` of one that is in a message is that of the message. */
export function presentNotification(
  row: NotificationRow,
  message: NotificationMessageRow | undefined,
  notice: NoticeRow | undefined,
  book: RecipientBook | null,
  present: Presenter,
  now: number,
): object {
  const entry = book?.document.people[row.recipient];
  const left = (calendarMs: number): number => Math.round(calendarMs / 60_000);
  const calendar = book !== null && entry !== undefined ? book.calendarOf(entry) : null;
  return {
    id: row.id,
    kind: row.kind,
    grade: row.grade,
    subject: notice?.subject ?? null,
    caseNo: row.caseNo,
    department: row.department,
    recipient: row.recipient,
    recipientName: entry?.name ?? row.recipient,
    role: row.role,
    level: row.level,
    channel: row.channel,
    state: row.state === 'formed' ? (message?.state ?? 'waiting') : row.state,
    at: present.time(row.at),
    deliverAt: present.time(row.deliverAt),
    sentAt: present.timeOrNull(message?.sentAt ?? null),
    attempts: message?.attempts ?? 0,
    failure: message?.reason ?? null,
    ackDueAt: present.timeOrNull(row.ackDueAt),
    acknowledgedAt: present.timeOrNull(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
    escalatedAt: present.timeOrNull(row.escalatedAt),
    /** The recipient's own working minutes since delivery, until acknowledgement or now. */
    workingMinutesOpen:
      row.ackDueAt === null || calendar === null
        ? null
        : left(calendar.elapsedMs(row.deliverAt, row.acknowledgedAt ?? now)),
  };
}

/** A message as operators see it: how it fares, not what it says. */
export function presentMessage(row: NotificationMessageRow, present: Presenter): object {
  return {
    id: row.id,
    key: row.messageKey,
    channel: row.channel,
    recipient: row.recipient,
    grade: row.grade,
    notices: row.notices,
    state: row.state,
    attempts: row.attempts,
    reason: row.reason,
    detail: row.detail,
    createdAt: present.time(row.createdAt),
    nextAttemptAt: present.time(row.nextAttemptAt),
    sentAt: present.timeOrNull(row.sentAt),
  };
}
