import { barsAsText } from '../handover/bar-chart';
import type { Block } from '../handover/document-block';
import { isFigureColumn } from '../handover/figure-text';
import { textWidth } from './text-width';

/** Between columns. */
const GAP = '  ';

/** A document as plain text for a terminal: tables in columns, those of figures flush right. */
export function renderText(blocks: readonly Block[]): string {
  return `${blocks.flatMap(linesOf).join('\n').trim()}\n`;
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [block.text, ''];
    case 'heading':
      return ['', block.text];
    case 'paragraph':
      return [`${block.indent === true ? '　　' : ''}${block.text}`];
    case 'lines':
      return [...block.lines];
    case 'page-break':
      return [''];
    case 'chart':
      return [block.title, ...columns([], barsAsText(block.bars))];
    case 'table':
      return columns(block.head, block.rows);
  }
}

function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = head.length === 0 ? rows : [head, ...rows];
  const count = Math.max(0, ...all.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...all.map((row) => textWidth(row[column] ?? ''))),
  );
  const isFigures = Array.from({ length: count }, (_, column) => isFigureColumn(rows, column));
  return all.map((row) =>
    row
      .map((text, column) => {
        const space = ' '.repeat(widths[column]! - textWidth(text));
        return isFigures[column] ? `${space}${text}` : `${text}${space}`;
      })
      .join(GAP)
      .trimEnd(),
  );
}
