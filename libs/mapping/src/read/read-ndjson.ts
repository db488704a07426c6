import { parseJson } from '../accept/parse-json';
import type { Line } from '../accept/split-lines';
import { TOO_LONG, type SourceRecord } from './source-record';

/** Reads one JSON value a line. Empty lines are passed over; a line that is no JSON is reported alone. */
export async function* readNdjson(lines: AsyncIterable<Line>): AsyncGenerator<SourceRecord> {
  for await (const { number: line, text: raw, isCut } of lines) {
    const suffix = `:${line}`;
    if (raw.trim() === '') continue;
    if (isCut) {
      yield { ok: false, line, suffix, raw, problem: TOO_LONG };
      continue;
    }
    const parsed = parseJson(raw, '');
    yield parsed.ok
      ? { ok: true, line, suffix, raw, value: parsed.value }
      : { ok: false, line, suffix, raw, problem: parsed.problem };
  }
}
