import { createHash } from 'node:crypto';
import type { Problem, QuarantineReason, QuarantineRecord } from '@mingjian/contracts';

/** How records come in. A closed list: it is a metric label. */
export const FEEDS = ['http', 'file', 'table', 'folder', 'topic', 'release', 'simulated'] as const;
export type Feed = (typeof FEEDS)[number];

const KEPT_BYTES = 64 * 1024;

/**
 * A quarantine record of something that cannot be used.
 * Guarantee: the same text with the same fault from the same source and feed has the same id, wherever it stood, so that
 * sending it again does not keep it again. `problems` must not be empty; the first is kept, the others are counted.
 */
export function quarantined(
  raw: string,
  reason: QuarantineReason,
  problems: readonly Problem[],
  context: { source: string; feed: Feed; receivedAt: number },
  meant: QuarantineRecord['meant'] = undefined,
): QuarantineRecord {
  const [first] = problems;
  if (first === undefined) throw new Error('A record goes into quarantine for a reason.');
  const { source, feed, receivedAt } = context;
  return {
    id: createHash('sha256')
      .update(JSON.stringify([feed, source, reason, raw]))
      .digest('hex'),
    source,
    feed,
    ...first,
    hint: [first.hint, others(problems.slice(1))].filter((text) => text !== '').join('; '),
    reason,
    raw: cut(raw),
    receivedat: new Date(receivedAt).toISOString(),
    ...(meant === undefined ? {} : { meant }),
  };
}

/** Texts that a database would cut short or change, so that two of them could become one. */
export const UNSTORABLE = /\0|\p{Surrogate}/u;

/** The event that a record would have been, where its id and its case can be kept: when that comes, the record is mended. */
export function meantBy(id: unknown, subject: unknown): QuarantineRecord['meant'] {
  if (typeof id !== 'string' || typeof subject !== 'string') return undefined;
  if (id === '' || id.length > 128 || subject === '' || subject.length > 64) return undefined;
  return UNSTORABLE.test(id) || UNSTORABLE.test(subject) ? undefined : { id, subject };
}

/** Whether the record tells the end of a quarantine, and not that something came into it. */
export function isEnd({ releasedat, resolvedat }: QuarantineRecord): boolean {
  return releasedat !== undefined || resolvedat !== undefined;
}

/** The problem that a quarantine record tells of. */
export function problemOf({ place, field, expected, got, hint }: QuarantineRecord): Problem {
  return { place, field, expected, got, hint };
}

function others(problems: readonly Problem[]): string {
  return problems.length === 0 ? '' : `wrong too: ${problems.map((problem) => problem.field).join(', ')}`;
}

/** At most 64 KiB, without half a character at the end; U+0000, at which a database would cut, is made visible. */
function cut(text: string): string {
  const raw = text.replaceAll('\0', '␀');
  const bytes = Buffer.from(raw, 'utf8');
  if (bytes.length <= KEPT_BYTES) return raw;
  return new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES), { stream: true });
}
