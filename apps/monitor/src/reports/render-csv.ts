import type { Block } from '../handover/document-block';

/** Tells Excel that the file is UTF-8: without it Chinese becomes unreadable there. */
const BYTE_ORDER_MARK = '\uFEFF';
const NUMBER = /^-?\d+(\.\d+)?%?$/;
/** What spreadsheets take for a formula when a cell begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The tables of a document as CSV (RFC 4180), each below a line with its heading. A text that a spreadsheet would take for a
 * formula begins with an apostrophe: what a record says never acts.
 */
export function renderCsv(title: string, blocks: readonly Block[]): string {
  const lines: string[] = [];
  let heading = title;
  for (const block of blocks)
    if (block.kind === 'heading') heading = block.text;
    else if (block.kind === 'table') {
      if (lines.length > 0) lines.push('');
      lines.push(lineOf([heading]), ...[block.head, ...block.rows].map(lineOf));
    }
  return `${BYTE_ORDER_MARK}${lines.map((line) => `${line}\r\n`).join('')}`;
}

function lineOf(cells: readonly string[]): string {
  return cells.map(cellOf).join(',');
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
