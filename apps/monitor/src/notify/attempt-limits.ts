import { setTimeout as pause } from 'node:timers/promises';
import type { RecipientEntry } from '@mingjian/contracts';
import type { NotificationMessageRow } from '@mingjian/store';
import { ChannelError } from './channels/channel';
import type { RecipientBook } from './recipient-book';

const MOST_ATTEMPT_MS = 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** What could not be handed over for so long is a person's business. */
const GIVE_UP_AFTER_MS = 72 * 3_600_000;
/** Of what had to wait for a recipient's opening hours: so long after they began. */
const GIVE_UP_AFTER_OPENING_MS = 4 * 3_600_000;

/** How long to wait after the n-th failure in a row, milliseconds. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, failures - 1));
}

/** When a message is given up; over a holiday some hours of the first open day are left for it. */
export function giveUpAt(
  { createdAt, grade }: Pick<NotificationMessageRow, 'createdAt' | 'grade'>,
  entry: RecipientEntry | undefined,
  book: RecipientBook,
): number {
  const end = createdAt + GIVE_UP_AFTER_MS;
  const opening = entry === undefined ? end : book.reachAt(entry, grade, createdAt, end);
  return opening > end ? opening + GIVE_UP_AFTER_OPENING_MS : end;
}

/** No attempt outlives its lease, whatever a channel does. */
export async function inTime(sending: Promise<void>): Promise<void> {
  const giveUp = new AbortController();
  try {
    await Promise.race([
      sending,
      pause(MOST_ATTEMPT_MS, undefined, { signal: giveUp.signal, ref: false }).then(() => {
        throw new ChannelError('timeout', 'the attempt took too long');
      }),
    ]);
  } finally {
    giveUp.abort();
  }
}
