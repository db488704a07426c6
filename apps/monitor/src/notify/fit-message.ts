import { wellFormed } from '@mingjian/ledger';
import type { NoticeRow, NotificationRow } from '@mingjian/store';
import type { MessageContent } from './message-content';

/** A TEXT of MariaDB ends at 65,535 bytes. */
const MOST_CONTENT_BYTES = 60_000;

/** What one recipient gets on one channel. Where there is more than was read, the last group may be half: it waits. */
export function groupsOf(rows: readonly NotificationRow[], isCut: boolean): NotificationRow[][] {
  const groups = new Map<string, NotificationRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.recipient, row.channel]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const list = [...groups.values()];
  return isCut && list.length > 1 ? list.slice(0, -1) : list;
}

/** The words with as many of the notices named as a column of the database holds; all are counted. */
export function fitting(
  notices: readonly NoticeRow[],
  write: (some: readonly NoticeRow[]) => { subject: string; content: MessageContent },
): { subject: string; content: string } {
  for (let shown = notices; ; shown = shown.slice(0, Math.ceil(shown.length / 2))) {
    const { subject, content } = write(shown);
    const text = JSON.stringify(content);
    if (Buffer.byteLength(text) <= MOST_CONTENT_BYTES) return { subject, content: text };
    if (shown.length <= 1) return { subject, content: JSON.stringify(shortened(content)) };
  }
}

/** A single notice whose words fill a template many times over: its beginning, so that it is told at all. */
function shortened(content: MessageContent): MessageContent {
  let text = content.text;
  while (text !== '' && Buffer.byteLength(JSON.stringify({ ...content, text })) > MOST_CONTENT_BYTES - 10)
    text = wellFormed(text.slice(0, Math.floor(text.length * 0.8)));
  return { ...content, text: `${text}…` };
}
