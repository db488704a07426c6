import { BadInputError, problemsOf, shown, StepEvent, toTimelineEvent } from '@mingjian/contracts';
import type { Problem, TimelineEvent } from '@mingjian/contracts';
import { BadInstantError, formatInstant, parseInstant } from '@mingjian/rules';
import type { Zone } from '@mingjian/rules';
import { readText } from './read-text';

/** A text without an offset at its end: a time on the calendar's own wall clock. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}([T ][\d:.,]+)?$/;
/** Members that hold instants, besides `time`. */
const INSTANTS_OF_DATA = ['promiseDueAt', 'statutoryDueAt'];

/**
 * Step events of files, grouped by case number: NDJSON, one JSON object, or a JSON array; `.gz` too.
 * Times without an offset are read in `zone`.
 * @throws BadInputError with every bad record of every file, by file and line: a verdict on half a timeline would
 * accuse somebody wrongly.
 */
export async function readEvents(
  files: readonly string[],
  zone: Zone,
): Promise<Map<string, TimelineEvent[]>> {
  const problems: Problem[] = [];
  const cases = new Map<string, TimelineEvent[]>();
  for (const file of files) {
    for (const { value, place } of records(await readText(file), file, problems)) {
      const event = readEvent(value, place, zone, problems);
      // Counts of convenience items are no cases.
      if (event === null || event.type === 'service.counted') continue;
      const timeline = cases.get(event.caseNo);
      if (timeline) timeline.push(event);
      else cases.set(event.caseNo, [event]);
    }
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return cases;
}

function* records(
  text: string,
  file: string,
  problems: Problem[],
): Generator<{ value: unknown; place: string }> {
  const whole =
    text.trimStart().startsWith('[') || !text.trimEnd().includes('\n') ? tryParse(text) : undefined;
  if (Array.isArray(whole)) {
    for (const [index, value] of whole.entries())
      yield { value: value as unknown, place: `${file}: record ${index + 1}` };
    return;
  }
  // A document over several lines is no NDJSON, but a person may hand one in.
  const one = whole ?? (/^\s*\{\s*\n/.test(text) ? tryParse(text) : undefined);
  if (one !== undefined) {
    yield { value: one, place: `${file}:1` };
    return;
  }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const value = tryParse(line, (message) =>
      problems.push({
        place,
        field: '',
        expected: 'one JSON object a line',
        got: message,
        hint: 'mend or remove the line',
      }),
    );
    if (value !== undefined) yield { value, place };
  }
}

function tryParse(text: string, onError?: (message: string) => void): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    onError?.((error as Error).message);
    return undefined;
  }
}

function readEvent(value: unknown, place: string, zone: Zone, problems: Problem[]): TimelineEvent | null {
  const localized = withOffsets(value, place, zone, problems);
  if (localized === null) return null;
  const parsed = StepEvent.safeParse(localized);
  if (parsed.success) return toTimelineEvent(parsed.data);
  problems.push(...problemsOf(parsed.error, place, value));
  return null;
}

/** Writes out the zone's offset where a time has none. */
function withOffsets(value: unknown, place: string, zone: Zone, problems: Problem[]): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const event = { ...(value as Record<string, unknown>) };
  const fix = (object: Record<string, unknown>, key: string, field: string): boolean => {
    const text = object[key];
    if (typeof text !== 'string') return true;
    try {
      // Normalised for all: other systems write a space for the T, or microseconds.
      if (WITHOUT_OFFSET.test(text) || text.includes(' '))
        object[key] = formatInstant(parseInstant(text, zone), zone);
      return true;
    } catch (error) {
      if (!(error instanceof BadInstantError)) throw error;
      problems.push({
        place,
        field,
        expected: 'a time',
        got: shown(text),
        hint: 'write it like 2026-09-14T10:00:00+08:00',
      });
      return false;
    }
  };
  let isFine = fix(event, 'time', 'time') && fix(event, 'receivedat', 'receivedat');
  if (event.data !== null && typeof event.data === 'object') {
    const data = { ...(event.data as Record<string, unknown>) };
    for (const key of INSTANTS_OF_DATA) isFine = fix(data, key, `data.${key}`) && isFine;
    event.data = data;
  }
  return isFine ? event : null;
}
