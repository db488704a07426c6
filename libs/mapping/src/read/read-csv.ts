import type { Line } from '../accept/split-lines';
import { LONGEST_RECORD, TOO_LONG, type SourceRecord } from './source-record';

/** A quoted field may hold line ends, but a quote that is never closed must not swallow the file. */
const MOST_LINES = 1000;

type Row =
  | { kind: 'row'; line: number; raw: string; cells: string[] }
  | { kind: 'bad'; line: number; raw: string; got: string; hint: string }
  | { kind: 'long'; line: number; raw: string };

/**
 * Reads CSV (RFC 4180: fields in double quotes may hold delimiters, line ends and doubled quotes) as one object per
 * row, keyed by the header or by `columns`. Empty lines are passed over.
 *
 * Guarantees: `line` is the file's line on which the row begins; memory is bounded; a row with a fault is reported
 * alone, and reading goes on with the very next line. That, and right line numbers after a fault, is why this is not
 * left to a general parser: after a stray quote those lose rows that are in order.
 */
export async function* readCsv(
  lines: AsyncIterable<Line>,
  options: {
    delimiter: string;
    columns: readonly string[] | null;
    onHeader: (names: readonly string[]) => void;
  },
): AsyncGenerator<SourceRecord> {
  let header = options.columns;
  if (header !== null) options.onHeader(header);
  for await (const row of rowsOf(lines, options.delimiter)) {
    const { line, raw } = row;
    const suffix = `:${line}`;
    if (row.kind === 'long') yield { ok: false, line, suffix, raw, problem: TOO_LONG };
    else if (row.kind === 'bad') {
      const { got, hint } = row;
      yield {
        ok: false,
        line,
        suffix,
        raw,
        problem: { field: '', expected: 'a well-formed CSV row', got, hint },
      };
    } else if (header === null) {
      header = row.cells.map((cell) => cell.trim());
      options.onHeader(header);
    } else if (row.cells.length !== header.length) {
      const expected = `${header.length} columns, as in the header`;
      const hint = 'a delimiter inside a field needs quotes around the field';
      yield {
        ok: false,
        line,
        suffix,
        raw,
        problem: { field: '', expected, got: String(row.cells.length), hint },
      };
    } else {
      const { cells } = row;
      const value = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
      // Kept as an object: without the header the row alone could not be mended and mapped again.
      yield { ok: true, line, suffix, raw: JSON.stringify(value), value };
    }
  }
}

async function* rowsOf(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<Row> {
  let held: Line[] = [];
  for await (const line of lines) {
    held.push(line);
    const { rows, rest } = takeRows(held, delimiter, false);
    held = rest;
    yield* rows;
  }
  yield* takeRows(held, delimiter, true).rows;
}

/** The rows that the lines hold, and the lines of a last row whose quotes are still open. */
function takeRows(lines: Line[], delimiter: string, isEnd: boolean): { rows: Row[]; rest: Line[] } {
  const rows: Row[] = [];
  let from = 0;
  while (from < lines.length) {
    const taken = takeRow(lines, from, delimiter, isEnd);
    if (taken === 'open') return { rows, rest: lines.slice(from) };
    if (taken.row !== null) rows.push(taken.row);
    from = taken.next;
  }
  return { rows, rest: [] };
}

function takeRow(
  lines: Line[],
  from: number,
  delimiter: string,
  isEnd: boolean,
): 'open' | { row: Row | null; next: number } {
  const first = lines[from];
  if (first === undefined || first.text.trim() === '') return { row: null, next: from + 1 };
  const { number: line, text: raw } = first;
  if (first.isCut) return { row: { kind: 'long', line, raw }, next: from + 1 };
  if (!raw.includes('"'))
    return { row: { kind: 'row', line, raw, cells: raw.split(delimiter) }, next: from + 1 };
  const parsed = parseQuoted(lines, from, delimiter);
  if (Array.isArray(parsed)) {
    const text = lines.slice(from, parsed[1]).map((part) => part.text);
    return { row: { kind: 'row', line, raw: text.join('\n'), cells: parsed[0] }, next: parsed[1] };
  }
  const size = lines.slice(from).reduce((sum, part) => sum + part.text.length, 0);
  const isTooMuch = lines.length - from > MOST_LINES || size > LONGEST_RECORD;
  if (parsed === 'open' && !isEnd && !isTooMuch) return 'open';
  const got = parsed === 'open' ? 'a quote that is never closed' : parsed;
  // Only the first line is given up: most often its quote is the fault, and the next lines are rows in order.
  const hint = 'write a quote inside a quoted field twice';
  return { row: { kind: 'bad', line, raw, got, hint }, next: from + 1 };
}

/** Cells and the index of the next line; `open` when a quote is open at the end; otherwise what is wrong. */
function parseQuoted(lines: Line[], from: number, delimiter: string): [string[], number] | string {
  const cells: string[] = [];
  let next = from + 1;
  let text = lines[from]?.text ?? '';
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      const cell = text.slice(at, end < 0 ? undefined : end);
      if (cell.includes('"'))
        return `a quote inside a field without quotes, at column ${at + 1 + cell.indexOf('"')}`;
      cells.push(cell);
      if (end < 0) return [cells, next];
      at = end + 1;
      continue;
    }
    let cell = '';
    at++;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        const following = lines[next];
        if (following === undefined) return 'open';
        cell += `${text.slice(at)}\n`;
        text = following.text;
        next++;
        at = 0;
      } else if (text[quote + 1] === '"') {
        cell += text.slice(at, quote + 1);
        at = quote + 2;
      } else {
        cell += text.slice(at, quote);
        at = quote + 1;
        break;
      }
    }
    cells.push(cell);
    if (at >= text.length) return [cells, next];
    if (text[at] !== delimiter) return `text after a closing quote, at column ${at + 1}`;
    at++;
  }
}
