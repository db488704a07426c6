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
  };
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
