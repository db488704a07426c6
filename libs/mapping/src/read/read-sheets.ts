import { readFile } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import { unzip } from 'fflate';
import { badDocument, LARGEST_DOCUMENT, tooLarge } from './read-whole';
import type { SourceRecord } from './source-record';

/** A sheet of a workbook: rows of cells as texts, empty cells as empty texts. */
export interface Sheet {
  name: string;
  rows: string[][];
}

/**
 * The sheets of an XLSX workbook. A date is written as `2026-09-14 10:00:00.000`, without an offset: a cell has none, the
 * mapping's zone says where it was.
 * @throws BadInputError when the file is none, or unpacks to more than 64 MiB: a small file may hold very much.
 */
export async function readSheets(file: string): Promise<Sheet[]> {
  try {
    const bytes = await readFile(file);
    await refuseBomb(bytes, file);
    // Loaded when the first workbook comes: most runs read none.
    const { default: readXlsxFile } = await import('read-excel-file/node');
    const sheets = await readXlsxFile<string>(bytes, { parseNumber: (text) => text });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
  } catch (error) {
    if (!isNativeError(error) || error.name === 'BadInputError') throw error;
    throw badDocument(file, 'an XLSX workbook', error.message, 'save it as .xlsx, not .xls');
  }
}

/**
 * The records of a sheet: one a row, keyed by the row of headings.
 * Guarantees: `line` is the row as a spreadsheet shows it; empty rows are passed over.
 */
export function recordsOfSheet(
  { name, rows }: Sheet,
  headerRow: number,
  onHeader: (names: readonly string[]) => void,
): SourceRecord[] {
  const header = (rows[headerRow - 1] ?? []).map((cell) => cell.trim());
  onHeader(header.filter((heading) => heading !== ''));
  return rows.slice(headerRow).flatMap((cells, index): SourceRecord[] => {
    if (cells.every((cell) => cell === '')) return [];
    const line = headerRow + index + 1;
    const value = Object.fromEntries(
      header.flatMap((heading, column) => (heading === '' ? [] : [[heading, cells[column] ?? '']])),
    );
    return [{ ok: true, line, suffix: `[${name}]:${line}`, raw: JSON.stringify(value), value }];
  });
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().replace('T', ' ').replace('Z', '');
  return typeof cell === 'string' ? cell.trim() : JSON.stringify(cell);
}

/** Adds up what the parts say they unpack to, without unpacking them. */
function refuseBomb(bytes: Uint8Array, file: string): Promise<void> {
  let total = 0;
  return new Promise((resolve, reject) => {
    unzip(
      bytes,
      {
        filter: ({ originalSize }) => {
          total += originalSize;
          return false;
        },
      },
      (error) => {
        if (error !== null) reject(error);
        else if (total > LARGEST_DOCUMENT) reject(tooLarge(file));
        else resolve();
      },
    );
  });
}
