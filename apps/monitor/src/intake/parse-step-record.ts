import { createHash } from 'node:crypto';
import {
  problemsOf,
  StepEvent,
  shown,
  toTimelineEvent,
  type Problem,
  type QuarantineReason,
  type QuarantineRecord,
  type TimelineEvent,
} from '@mingjian/contracts';
import type { LogRecord } from '@mingjian/log';
import { unstorableText } from './unstorable-text';

/** How much of a record that cannot be used is kept. */
const RAW_LIMIT = 64 * 1024;

export type ParsedRecord = { ok: true; event: TimelineEvent } | { ok: false; quarantine: QuarantineRecord };

/**
 * Reads a record of topic `mingjian.step-events`. The collector has validated it; what others put into the log is
 * validated again, and what cannot be used becomes a quarantine record. Never throws.
 */
export function parseStepRecord(record: LogRecord): ParsedRecord {
  const place = `${record.topic}/${record.partition}@${record.offset}`;
  let value: unknown;
  try {
    value = JSON.parse(record.value);
  } catch {
    const problem: Problem = {
      place,
      field: '',
      expected: 'JSON',
      // The parser's own message quotes the record, which may hold personal data.
      got: `${record.value.length} characters that are no JSON`,
      hint: 'write step events through the collector',
    };
    return { ok: false, quarantine: quarantined(record, 'malformed', problem, 'unknown') };
  }
  const parsed = StepEvent.safeParse(value);
  const unstorable = unstorableText(value) ?? unstorableInstant(value);
  if (parsed.success && unstorable === null) return { ok: true, event: toTimelineEvent(parsed.data) };
  const [problem] = parsed.success
    ? [
        {
          place,
          field: unstorable ?? '',
          expected: 'text without NUL and half characters, nested at most 64 deep; years from 1000 to 9998',
          got: 'such a text or year',
          hint: 'correct it at the source',
        },
      ]
    : problemsOf(parsed.error, place, value);
  const source = (value as { source?: unknown } | null)?.source;
  return {
    ok: false,
    quarantine: quarantined(
      record,
      'invalid',
      problem ?? { place, field: '', expected: 'a step event', got: shown(value), hint: '' },
      typeof source === 'string' && unstorableText(source) === null ? source.slice(0, 128) : 'unknown',
    ),
  };
}

/** Near the ends of the four-digit years an offset leads out of them: the database would hold another instant. */
function unstorableInstant(value: unknown): string | null {
  const instants = value as { time?: unknown; receivedat?: unknown } | null;
  for (const field of ['time', 'receivedat'] as const) {
    const text = instants?.[field];
    if (typeof text === 'string' && /^(0|9999)/.test(text)) return field;
  }
  return null;
}

function quarantined(
  record: LogRecord,
  reason: QuarantineReason,
  problem: Problem,
  source: string,
): QuarantineRecord {
  return {
    // Without the place: the same bad record is kept once, however often it is delivered or sent.
    id: createHash('sha256').update(`${reason}\n${source}\n${record.value}`).digest('hex'),
    source,
    feed: 'log',
    place: problem.place,
    reason,
    field: problem.field,
    expected: problem.expected,
    got: problem.got,
    hint: problem.hint,
    raw: record.value.slice(0, RAW_LIMIT),
    receivedat: new Date(record.appendedAt).toISOString(),
  };
}
