import {
  COUNTABLE,
  EARLIEST_INSTANT,
  LATEST_INSTANT,
  problemsOf,
  shown,
  StepEvent,
  type Problem,
  type QuarantineReason,
  type QuarantineRecord,
} from '@mingjian/contracts';
import { meantBy, quarantined, UNSTORABLE, type Feed } from './quarantine';

/** Where a record came from and what holds there. */
export interface RecordContext {
  /** The only `source` that the record may name; null where its sender may speak for any (a file of an operator). */
  source: string | null;
  feed: Feed;
  /** For error texts: `record 3`, `events.ndjson:17`. */
  place: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** How far `time` may lie ahead of the receipt: clocks of departments differ. */
  futureToleranceMs: number;
  /** The record as received. */
  raw: string;
}

export type Acceptance = { ok: true; event: StepEvent } | { ok: false; quarantine: QuarantineRecord };

/** No honest event nests deeper; JSON that does can only be meant to exhaust the stack of whoever writes it again. */
const DEEPEST = 32;

/**
 * Decides whether a value is a step event that may be used: pure, no clock, no I/O.
 * Guarantees: an accepted event satisfies the contract, comes from the source that may send it, does not lie in the
 * future, and carries our own `receivedat` — whatever the sender wrote there. Everything else becomes a quarantine
 * record with the first problem in full.
 */
export function acceptRecord(value: unknown, context: RecordContext): Acceptance {
  const { place, receivedAt, futureToleranceMs } = context;
  const unfit = unfitForStorage(value, place);
  if (unfit !== null) return refuse('invalid', [unfit]);
  const parsed = StepEvent.safeParse(value);
  if (!parsed.success) return refuse('invalid', problemsOf(parsed.error, place, value));
  const event = parsed.data;
  if (context.source !== null && event.source !== context.source) {
    const hint = 'a key may write the source only that it was issued for';
    return refuse('source-mismatch', [
      { place, field: 'source', expected: context.source, got: shown(event.source), hint },
    ]);
  }
  const placeholders = placeholderTimes(event, place);
  if (placeholders.length > 0) return refuse('invalid', placeholders);
  const latest = receivedAt + futureToleranceMs;
  if (Date.parse(event.time) > latest) {
    const expected = `a time up to ${new Date(latest).toISOString()}`;
    const hint = 'an event is reported after it happened; check the year and the clock of the sender';
    return refuse('time-in-future', [{ place, field: 'time', expected, got: shown(event.time), hint }]);
  }
  return { ok: true, event: { ...event, receivedat: new Date(receivedAt).toISOString() } };

  function refuse(reason: QuarantineReason, problems: Problem[]): Acceptance {
    return {
      ok: false,
      quarantine: quarantined(
        context.raw,
        reason,
        problems,
        { ...context, source: context.source ?? claimedSource(value) },
        meantOf(value),
      ),
    };
  }
}

/** Text that is no JSON at all: kept, with the position of the fault where it is known. */
export function refuseMalformed(problem: Problem, context: RecordContext): Acceptance {
  return {
    ok: false,
    quarantine: quarantined(context.raw, 'malformed', [problem], {
      ...context,
      source: context.source ?? '',
    }),
  };
}

function placeholderTimes(event: StepEvent, place: string): Problem[] {
  const { promiseDueAt, statutoryDueAt } = event.data;
  const times = {
    time: event.time,
    'data.promiseDueAt': promiseDueAt,
    'data.statutoryDueAt': statutoryDueAt,
  };
  return Object.entries(times).flatMap(([field, text]) => {
    if (text === undefined) return [];
    const at = Date.parse(text);
    // A year beyond 2400 in `time` is told as a time in the future, which it is.
    if (at >= EARLIEST_INSTANT && (at < LATEST_INSTANT || field === 'time')) return [];
    const hint = 'leave out what is not known; a placeholder is no time';
    return [{ place, field, expected: COUNTABLE, got: shown(text), hint }];
  });
}

function meantOf(value: unknown): QuarantineRecord['meant'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, subject } = value as { id?: unknown; subject?: unknown };
  return meantBy(id, subject);
}

function claimedSource(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('source' in value)) return '';
  return typeof value.source === 'string' ? value.source.slice(0, 128) : '';
}

/** Level by level, not by recursion: this guards against what a recursion cannot survive. */
function unfitForStorage(value: unknown, place: string): Problem | null {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST)
      return { place, field: '', expected: `at most ${DEEPEST} levels`, got: 'a deeper one', hint: '' };
    const unstorable = level.find((member) => typeof member === 'string' && UNSTORABLE.test(member));
    if (unstorable !== undefined) {
      const expected = 'texts without U+0000 and without half characters';
      return { place, field: '', expected, got: shown(unstorable), hint: '' };
    }
    level = level.flatMap((member) =>
      typeof member === 'object' && member !== null ? Object.values(member as Record<string, unknown>) : [],
    );
  }
  return null;
}
