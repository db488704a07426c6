import { splitLines } from '../accept/split-lines';
import { readCsv } from './read-csv';
import { readSheets, recordsOfSheet } from './read-sheets';
import { readText } from './read-text';
import { LONGEST_RECORD, type SourceRecord } from './source-record';

/**
 * The rows of a table as objects keyed by its headings: of a CSV file, or of the first sheet of an XLSX workbook by the file's name.
 * @param encoding of a CSV file, such as `utf-8` or `gb18030`
 * @throws BadInputError when the file cannot be read
 */
export async function* readTable(file: string, encoding = 'utf-8'): AsyncGenerator<SourceRecord> {
  if (/\.xlsx$/i.test(file)) {
    const [sheet] = await readSheets(file);
    if (sheet !== undefined) yield* recordsOfSheet(sheet, 1, () => undefined);
    return;
  }
  const lines = splitLines(readText(file, encoding), LONGEST_RECORD);
  yield* readCsv(lines, { delimiter: ',', columns: null, onHeader: () => undefined });
}
