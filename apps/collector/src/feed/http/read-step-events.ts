import type { Problem } from '@mingjian/contracts';
import {
  type Acceptance,
  acceptRecord,
  parseJson,
  type RecordContext,
  refuseMalformed,
  splitLines,
} from '@mingjian/mapping';

/** Media types that the feed takes, and what a body of each holds. */
export const BODY_FORMS = {
  'application/cloudevents+json': 'one',
  'application/cloudevents-batch+json': 'array',
  'application/json': 'one-or-array',
  'application/x-ndjson': 'lines',
} as const;
export type BodyForm = (typeof BODY_FORMS)[keyof typeof BODY_FORMS];

/** Most records in one body: each bad one is kept with its reason, so that small records would multiply the body. */
export const MOST_RECORDS = 100_000;

/** One record of a body, decided. `id` is the sender's, null where none can be read. */
export interface DecidedRecord {
  index: number;
  id: string | null;
  acceptance: Acceptance;
}

export type DecidedBody =
  | { ok: true; records: DecidedRecord[] }
  /** The body as a whole cannot be read; `acceptance` keeps it in quarantine. */
  | { ok: false; reason: 'unreadable'; problem: Problem; acceptance: Acceptance }
  | { ok: false; reason: 'too-many'; count: number };

/** What holds for every record of a body. */
export type BodyContext = Omit<RecordContext, 'place' | 'raw'>;

/** Decides every record of a body. In NDJSON a line that cannot be read stops no other line. */
export async function readStepEvents(
  text: string,
  form: BodyForm,
  context: BodyContext,
): Promise<DecidedBody> {
  if (form === 'lines') return readLines(text, context);
  const parsed = parseJson(text, 'body');
  if (!parsed.ok) return unreadable(text, parsed.problem, context);
  if (form !== 'one' && Array.isArray(parsed.value)) {
    if (parsed.value.length > MOST_RECORDS)
      return { ok: false, reason: 'too-many', count: parsed.value.length };
    const records = parsed.value.map((value: unknown, index) =>
      decide(value, index, { ...context, place: `record ${index + 1}`, raw: rawOf(value) }),
    );
    return { ok: true, records };
  }
  if (form === 'array') {
    const hint = 'send a single event as application/cloudevents+json';
    return unreadable(
      text,
      { place: 'body', field: '', expected: 'an array', got: typeof parsed.value, hint },
      context,
    );
  }
  return { ok: true, records: [decide(parsed.value, 0, { ...context, place: 'body', raw: text })] };
}

async function readLines(text: string, context: BodyContext): Promise<DecidedBody> {
  const records: DecidedRecord[] = [];
  for await (const line of splitLines([text], text.length)) {
    if (line.text.trim() === '') continue;
    const lineContext = { ...context, place: `line ${line.number}`, raw: line.text };
    const parsed = parseJson(line.text, lineContext.place);
    const index = records.length;
    if (index === MOST_RECORDS) return { ok: false, reason: 'too-many', count: index + 1 };
    records.push(
      parsed.ok
        ? decide(parsed.value, index, lineContext)
        : { index, id: null, acceptance: refuseMalformed(parsed.problem, lineContext) },
    );
  }
  return { ok: true, records };
}

function decide(value: unknown, index: number, context: RecordContext): DecidedRecord {
  return { index, id: idOf(value), acceptance: acceptRecord(value, context) };
}

/** A body that cannot be read as a whole is one record of the quarantine. */
export function unreadable(text: string, problem: Problem, context: BodyContext): DecidedBody {
  const acceptance = refuseMalformed(problem, { ...context, place: 'body', raw: text });
  return { ok: false, reason: 'unreadable', problem, acceptance };
}

function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? value.id : null;
}

function rawOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Only nesting without end can do this; such a record is refused, and told by its top level.
    return JSON.stringify(value, (key, member: unknown) =>
      key !== '' && typeof member === 'object' ? '…' : member,
    );
  }
}
