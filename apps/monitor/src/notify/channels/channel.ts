import type { ChannelKind, NoticeGrade } from '@mingjian/contracts';
import type { MessageContent } from '../message-content';

/**
 * Why a message could not be handed over. The list is closed: it is a label of metrics and decides what happens next.
 *
 * `channel`: nothing that goes over this channel will get through now, so the whole channel waits. `message`: this one will
 * be tried again. `final`: trying again cannot help; a person looks at it.
 */
export const FAILURES = {
  timeout: 'channel',
  'not-reachable': 'channel',
  'connection-lost': 'message',
  tls: 'channel',
  throttled: 'channel',
  'server-error': 'message',
  unauthorised: 'channel',
  busy: 'message',
  'bad-address': 'final',
  'no-address': 'final',
  rejected: 'final',
  'unreadable-answer': 'message',
} as const satisfies Record<string, 'channel' | 'message' | 'final'>;
export type FailureReason = keyof typeof FAILURES;

/** A message that was not handed over. The text holds no secret and no address. */
export class ChannelError extends Error {
  constructor(
    readonly reason: FailureReason,
    detail: string,
    /** How long the receiver asked to be left alone, milliseconds; null: it did not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(detail);
    this.name = 'ChannelError';
  }
}

/** A message as a channel sends it. */
export interface OutgoingMessage {
  /** The same however often the message is sent: the receiver knows it by this. */
  key: string;
  address: string;
  grade: NoticeGrade;
  subject: string;
  content: MessageContent;
}

/** One way to people or systems. `send` resolves when the receiver has taken the message. @throws ChannelError */
export interface Channel {
  readonly kind: ChannelKind;
  readonly perMinute: number;
  readonly parallel: number;
  send(message: OutgoingMessage): Promise<void>;
  close(): void;
}
