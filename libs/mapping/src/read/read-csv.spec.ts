import fc from 'fast-check';
import { splitLines } from '../accept/split-lines';
import { readCsv } from './read-csv';
import { LONGEST_RECORD, type SourceRecord } from './source-record';

async function read(text: string, delimiter = ',', columns: string[] | null = null): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  // One character a piece: breaks may fall anywhere.
  const lines = splitLines(text.length < 1000 ? [...text] : [text], LONGEST_RECORD);
  for await (const record of readCsv(lines, { delimiter, columns, onHeader: () => undefined }))
    records.push(record);
  return records;
}

/** Line, and the cells or what is wrong. */
async function summary(text: string, delimiter?: string, columns?: string[]) {
  return (await read(text, delimiter, columns)).map((record) => [
    record.line,
    record.ok ? Object.values(record.value as object).join('|') : `! ${record.problem.got}`,
  ]);
}

describe('reading CSV', () => {
  it('gives each row the line on which it begins, with quoted line ends and empty lines', async () => {
    const text = 'a,b\r\n1,2\r\n\r\n"x\ny",3\r\n4,"5 ""six"""\r\n7,"8\n\n9"\r\n10,11';
    expect(await summary(text)).toEqual([
      [2, '1|2'],
      [4, 'x\ny|3'],
      [6, '4|5 "six"'],
      [7, '7|8\n\n9'],
      [10, '10|11'],
    ]);
  });

  it('keeps quoted delimiters and empty fields', async () => {
    expect(await summary('a;b;c\n"1;2";;""\n', ';')).toEqual([[2, '1;2||']]);
  });

  it('takes the names of the columns from the mapping where the file has no header', async () => {
    expect((await read('1,2', ',', ['x', 'y']))[0]).toMatchObject({ line: 1, value: { x: '1', y: '2' } });
  });

  it('reports a row with a fault alone and goes on with the next line', async () => {
    const text = 'a,b\n1\n2,3,4\nab"c,5\n"ok"x,6\n7,8\n';
    expect(await summary(text)).toEqual([
      [2, '! 1'],
      [3, '! 3'],
      [4, '! a quote inside a field without quotes, at column 3'],
      [5, '! text after a closing quote, at column 5'],
      [6, '7|8'],
    ]);
  });

  it('does not let a quote that is never closed swallow the rows behind it', async () => {
    expect(await summary('a,b\n"1,2\n3,4\n"5",6\n')).toEqual([
      [2, '! text after a closing quote, at column 2'],
      [3, '3|4'],
      [4, '5|6'],
    ]);
    expect(await summary('a,b\n"1,2\n3,4\n')).toEqual([
      [2, '! a quote that is never closed'],
      [3, '3|4'],
    ]);
  });

  it('gives up an open quote after a thousand lines, so that memory stays bounded', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `${index},x`);
    const records = await summary(`a,b\n"open,0\n${rows.join('\n')}`);
    expect(records).toHaveLength(3001);
    expect(records[0]).toEqual([2, '! a quote that is never closed']);
    expect(records[3000]).toEqual([3002, '2999|x']);
  });

  it('passes over the rest of a line that is too long', async () => {
    const records = await summary(`a,b\n${'x'.repeat(LONGEST_RECORD + 5)},1\n2,3\n`);
    expect(records).toEqual([
      [2, '! a longer one'],
      [3, '2|3'],
    ]);
  });
});

describe('what was written as CSV', () => {
  it('is read back unchanged, whatever the cells hold', async () => {
    const cell = fc.stringMatching(/^[ab,"\n;]{0,5}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (rows) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const records = await read(`x,y\n${text}`);
        expect(records.map((record) => record.ok && record.value)).toEqual(rows.map(([x, y]) => ({ x, y })));
      }),
    );
  });
});
