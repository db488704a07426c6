import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseYamlDocument } from '@mingjian/contracts';
import { zipSync } from 'fflate';
import { MappingDocument } from '../mapping-document';
import { compileMapping } from '../mapping';
import { readRecords } from './read-records';

const REST = `
source: urn:x:y
events:
  - { type: case.accepted, id: '{id}', subject: '{id}', time: '{at}' }
`;

describe('reading a department’s file', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'mingjian-formats-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  async function read(name: string, content: string | Buffer, head: string, rest = REST) {
    const file = join(home, name);
    writeFileSync(file, content);
    const mapping = compileMapping(
      parseYamlDocument(`mapping: m\n${head}${rest}`, 'm.yaml', MappingDocument),
    );
    const found = [];
    for await (const record of readRecords(file, mapping))
      found.push([record.suffix, record.ok ? record.value : record.problem.expected]);
    return found;
  }

  it('takes the rows of an XML document as texts, one row like many', async () => {
    const xml =
      '<?xml version="1.0"?><T><ROW n="1"><id>007</id><at>a &amp; &#20013;</at></ROW><ROW><id>8</id><at/></ROW></T>';
    expect(await read('t.xml', xml, 'format: xml\nrecords: T.ROW')).toEqual([
      [' T.ROW#1', { '@n': '1', id: '007', at: 'a & 中' }],
      [' T.ROW#2', { id: '8', at: '' }],
    ]);
    expect(await read('t.xml', '<T><ROW><id>1</id></ROW></T>', 'format: xml\nrecords: T.ROW')).toHaveLength(
      1,
    );
    expect(await read('t.xml', '<T/>', 'format: xml\nrecords: T')).toEqual([]);
  });

  it('never expands an entity of the document’s own, and refuses what is nested without end', async () => {
    const bomb = '<!DOCTYPE T [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><T><ROW><id>&b;</id></ROW></T>';
    await expect(read('t.xml', bomb, 'format: xml\nrecords: T.ROW')).rejects.toThrow(
      /t.xml: expected XML without a document type, got a DOCTYPE declaration/,
    );
    const deep = '<a>'.repeat(1000) + '</a>'.repeat(1000);
    await expect(read('t.xml', deep, 'format: xml\nrecords: a')).rejects.toThrow(
      /t.xml: expected well-formed XML/,
    );
    await expect(read('t.xml', '<T><ROW></T>', 'format: xml\nrecords: T')).rejects.toThrow(
      /line 1, column 9/,
    );
    await expect(read('t.xml', '<T><__proto__>1</__proto__></T>', 'format: xml\nrecords: T')).rejects.toThrow(
      /expected well-formed XML/,
    );
  });

  it('takes a JSON list, or the records at a path of one document, packed or not', async () => {
    expect(await read('t.json', '[{"id":1},{"id":2}]', 'format: json')).toEqual([
      ['#1', { id: 1 }],
      ['#2', { id: 2 }],
    ]);
    const packed = gzipSync('{"data":{"rows":[{"id":1}]}}');
    expect(await read('t.json.gz', packed, 'format: json\nrecords: data.rows')).toEqual([
      [' data.rows#1', { id: 1 }],
    ]);
    await expect(read('t.json', '{"data":{}}', 'format: json\nrecords: data.rows')).rejects.toThrow(
      /t.json: expected records at data.rows, got none/,
    );
    await expect(read('t.json', '{"data":', 'format: json')).rejects.toThrow(/expected well-formed JSON/);
  });

  it('takes the rows of a sheet with the numbers that a spreadsheet shows, dates without an offset', async () => {
    const sheet = [
      ['办件导出', null],
      ['id', 'at'],
      ['0012', new Date('2026-09-14T10:00:00Z')],
      [null, null],
      [34, '2026-09-15 09:00:00'],
    ].map((row) =>
      row.map((value) =>
        value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd hh:mm:ss' } : { value },
      ),
    );
    const { default: writeXlsxFile } = await import('write-excel-file/node');
    const content = await writeXlsxFile(sheet as never, { sheet: '办件' }).toBuffer();
    const head = 'format: xlsx\nsheet: 办件\nheaderRow: 2';
    expect(await read('t.xlsx', content, head)).toEqual([
      ['[办件]:3', { id: '0012', at: '2026-09-14 10:00:00.000' }],
      ['[办件]:5', { id: '34', at: '2026-09-15 09:00:00' }],
    ]);
    await expect(read('t.xlsx', content, 'format: xlsx\nsheet: 其他')).rejects.toThrow(
      /t.xlsx: expected a sheet 其他, got 办件/,
    );
    await expect(read('t.xlsx', content, 'format: xlsx\nsheet: 1')).rejects.toThrow(
      /t.xlsx\[办件\]:1: id: expected a column of this name/,
    );
  });

  it('refuses a workbook that is none, or that unpacks to more than memory should hold', async () => {
    await expect(read('t.xlsx', 'no workbook', 'format: xlsx')).rejects.toThrow(
      /t.xlsx: expected an XLSX workbook/,
    );
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(65 * 1024 * 1024) });
    await expect(read('t.xlsx', Buffer.from(bomb), 'format: xlsx')).rejects.toThrow(
      /expected a document of at most 64 MiB, unpacked, got a larger one/,
    );
  });

  describe('with several tables', () => {
    const INPUTS = `
source: urn:x:y
inputs:
  A: { records: a, when: { field: table, is: A } }
  B: { records: b, when: { field: table, is: B } }
events:
  - { input: A, type: case.accepted, id: '{id}', subject: '{id}', time: '{at}' }
  - { input: B, type: case.decided, id: '{id}', subject: '{id}', time: '{at}' }
`;

    it('knows each by its place in one document, or by a member of its lines', async () => {
      const document = '{"b":[{"id":2}],"a":[{"id":1}]}';
      expect(await read('t.json', document, 'format: json', INPUTS)).toEqual([
        [' a#1', { A: { id: 1 } }],
        [' b#1', { B: { id: 2 } }],
      ]);
      const lines = '{"table":"B","id":2}\n{"table":"C","id":3}\n';
      expect(await read('t.ndjson', lines, 'format: ndjson', INPUTS)).toEqual([
        [':1', { B: { table: 'B', id: 2 } }],
        [':2', { table: 'C', id: 3 }],
      ]);
    });

    it('knows each by the name of its file, and refuses a file of none', async () => {
      const named = INPUTS.replace('records: a,', "file: 'A_*.csv',").replace(
        'records: b,',
        "file: 'B_*.csv',",
      );
      expect(await read('a_1.csv', 'id,at,table\n1,x,A\n', 'format: csv', named)).toEqual([
        [':2', { A: { id: '1', at: 'x', table: 'A' } }],
      ]);
      await expect(read('c.csv', 'id\n', 'format: csv', named)).rejects.toThrow(
        /c.csv: expected a file of one of the inputs of mapping m \(A, B\), got c.csv/,
      );
    });
  });
});
