import type { Block } from '../handover/document-block';
import { isFigureColumn } from '../handover/figure-text';
import { zipOf } from '../handover/zip-of';
import { unzipSync } from 'fflate';
import { textWidth } from './text-width';

/** Excel takes 31 characters, and none of these, as the name of a sheet. */
const NOT_IN_A_NAME = /[\\/?*:[\]]/g;
const NUMBER = /^(-?\d+(\.\d+)?)(%)?$/;

/**
 * The tables of a document as a workbook: a sheet for each, named by the heading above it. What a record says is a text and
 * never a formula, whatever it begins with; whole and decimal numbers are numbers, so that they can be added up.
 */
export async function renderXlsx(title: string, blocks: readonly Block[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const sheets = sheetsOf(title, blocks).map(({ name, head, rows }) => ({
    sheet: name,
    orientation: 'landscape' as const,
    stickyRowsCount: 1,
    columns: head.map((text, column) => ({
      width: Math.min(
        48,
        Math.max(10, ...[text, ...rows.map((row) => row[column] ?? '')].map(textWidth)) + 2,
      ),
    })),
    data: [
      head.map((text, column) => ({
        ...{ value: text, type: String, ...FRAME, ...aligned(rows, column) },
        ...{ fontWeight: 'bold' as const, backgroundColor: '#EEEEEE' },
      })),
      ...rows.map((row) =>
        row.map((text, column) => ({ ...cellOf(text), ...FRAME, ...aligned(rows, column) })),
      ),
    ],
  }));
  const packed = await writeXlsxFile(sheets).toBuffer();
  // Packed anew: the archive of the library is stamped with the machine's clock.
  return zipOf(unzipSync(packed));
}

interface Sheet {
  name: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

function sheetsOf(title: string, blocks: readonly Block[]): Sheet[] {
  const sheets: Sheet[] = [];
  let heading = title;
  for (const block of blocks)
    if (block.kind === 'heading') heading = block.text;
    else if (block.kind === 'table')
      sheets.push({ name: nameAmong(heading, sheets), head: block.head, rows: block.rows });
  if (sheets.length > 0) return sheets;
  const texts = blocks.flatMap((block) => (block.kind === 'paragraph' ? [[block.text.trim()]] : []));
  return [{ name: nameAmong(title, []), head: ['内容'], rows: texts }];
}

function nameAmong(heading: string, sheets: readonly Sheet[]): string {
  const name =
    heading
      .replace(NOT_IN_A_NAME, ' ')
      .replace(/^(（.+?）|.+?、)/, '')
      .slice(0, 28) || '表';
  const same = sheets.filter((sheet) => sheet.name.startsWith(name)).length;
  return same === 0 ? name : `${name} ${same + 1}`;
}

const FRAME = { borderStyle: 'thin' as const, borderColor: '#999999' };

function aligned(rows: Sheet['rows'], column: number): { align?: 'right' } {
  return isFigureColumn(rows, column) ? { align: 'right' } : {};
}

type Cell =
  { value: string; type: StringConstructor } | { value: number; type: NumberConstructor; format?: string };

/** Numbers and percentages are numbers, shown with as many decimals as in the document. */
function cellOf(text: string): Cell {
  const [, number, decimals = '', percent] = NUMBER.exec(text) ?? [];
  // Long digits are numbers of cases: as a number Excel would round them.
  if (number === undefined || text.length >= 12) return { value: text, type: String };
  const zeros = decimals === '' ? '0' : `0.${'0'.repeat(decimals.length - 1)}`;
  if (percent !== undefined) {
    // As many decimals as are shown, so that no binary remainder is.
    const value = Number((Number(number) / 100).toFixed(decimals.length + 2));
    return { value, type: Number, format: `${zeros}%` };
  }
  return decimals === ''
    ? { value: Number(number), type: Number }
    : { value: Number(number), type: Number, format: zeros };
}
