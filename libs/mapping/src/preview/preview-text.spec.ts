import { BadInputError, parseYamlDocument } from '@mingjian/contracts';
import { compileMapping, type Mapping } from '../mapping';
import { MappingDocument } from '../mapping-document';
import type { RecordText } from '../read/read-records';
import { emptyPreviewSum, previewText, type PreviewedRecord, type PreviewSum } from './preview-records';

const ONE = `
mapping: one
format: csv
delimiter: ';'
source: urn:dept:1
zone: Asia/Shanghai
times: ['yyyy-MM-dd HH:mm']
events:
  - type: case.accepted
    id: '{no}/accepted'
    subject: '{no}'
    time: '{at}'
    data: { item: A0101 }
`;
const NESTED = ONE.replace('format: csv', 'format: xml\nrecords: DATA.ROW');
const SEVERAL = `
mapping: several
format: csv
source: urn:dept:1
zone: Asia/Shanghai
times: ['yyyy-MM-dd HH:mm']
inputs:
  apply: { file: 'apply*.csv', key: '{no}' }
  accept: { file: 'accept*.csv', join: { apply: { input: apply, on: '{no}' } } }
events:
  - input: apply
    type: case.submitted
    id: '{no}/submitted'
    subject: '{no}'
    time: '{handed in}'
    data: { item: '{item}' }
  - input: accept
    type: case.accepted
    id: '{no}/accepted'
    subject: '{no}'
    time: '{at}'
    data: { item: '{apply.item}' }
`;

const NOW = Date.parse('2026-09-20T00:00:00Z');

function compiled(text: string): Mapping {
  return compileMapping(parseYamlDocument(text, 'mapping.yaml', MappingDocument));
}

/** What each record of a pasted text comes to: its line and types of events, or the reason. */
async function tried(
  mapping: string,
  format: RecordText['format'],
  text: string,
  limit: number | null = null,
): Promise<{ said: string[]; sum: PreviewSum; records: PreviewedRecord[] }> {
  const sum = emptyPreviewSum();
  const records: PreviewedRecord[] = [];
  const options = {
    ...{ mapping: compiled(mapping), limit, clock: { now: () => NOW } },
    ...{ settings: { futureToleranceSeconds: 300 }, text: { name: 'pasted', pieces: [text], format } },
  };
  for await (const record of previewText(options, sum)) records.push(record);
  const said = records.map(({ line, events, rejects }) =>
    [line, ...events.map(({ event }) => event.type), ...rejects.map(({ reason }) => reason)].join(' '),
  );
  return { said, sum, records };
}

describe('the preview of a pasted text', () => {
  it('shows each line of CSV beside its events, or with what is wrong', async () => {
    const text = 'no;at\nA-1;2026-09-14 09:00\nA-2;soon\nA-3;2099-01-01 09:00\nA-4\n';
    const { said, sum, records } = await tried(ONE, 'csv', text);
    expect(said).toEqual(['2 case.accepted', '3 unmappable', '4 time-in-future', '5 malformed']);
    expect(sum).toMatchObject({ records: 4, events: 1, eventsByType: { 'case.accepted': 1 } });
    expect(records[0]).toMatchObject({ place: 'pasted:2', record: { no: 'A-1', at: '2026-09-14 09:00' } });
  });

  it('reads records as they lie in quarantine, whatever the format of the files', async () => {
    const record = JSON.stringify({ no: 'A-1', at: '2026-09-14 09:00' });
    expect((await tried(ONE, 'json', record)).said).toEqual(['1 case.accepted']);
    expect((await tried(NESTED, 'json', `[${record},${record.replace('A-1', 'A-2')}]`)).said).toEqual([
      '1 case.accepted',
      '2 case.accepted',
    ]);
    expect((await tried(ONE, 'ndjson', `${record}\n{\n`)).said).toEqual(['1 case.accepted', '2 malformed']);
  });

  it('finds the records of a document where the mapping says that they are', async () => {
    const row = '<ROW><no>A-1</no><at>2026-09-14 09:00</at></ROW>';
    expect((await tried(NESTED, 'xml', `<DATA>${row}${row}</DATA>`)).said).toEqual([
      '1 case.accepted',
      '2 case.accepted',
    ]);
  });

  it('tells rows of several tables apart by their header or their name, and joins them within the text', async () => {
    expect((await tried(SEVERAL, 'csv', 'no,item,handed in\nA-1,X,2026-09-14 08:00\n')).said).toEqual([
      '2 case.submitted',
    ]);
    const rows = [
      { accept: { no: 'A-1', at: '2026-09-14 09:00' } },
      { apply: { no: 'A-1', item: 'X', 'handed in': '2026-09-14 08:00' } },
      { accept: { no: 'A-2', at: '2026-09-14 09:00' } },
      { no: 'A-3' },
    ];
    const { said, records } = await tried(SEVERAL, 'json', JSON.stringify(rows));
    expect(said).toEqual(['1 case.accepted', '2 case.submitted', '3 waiting', '4 unmappable']);
    expect(records[0]?.events[0]?.event.data.item).toBe('X');
  });

  it('ends where it is told to, and refuses what is no such text as a whole', async () => {
    const text = 'no;at\nA-1;2026-09-14 09:00\nA-2;2026-09-14 09:00\n';
    expect((await tried(ONE, 'csv', text, 1)).said).toEqual(['2 case.accepted']);
    await expect(tried(ONE, 'csv', 'number;at\nA-1;2026-09-14 09:00\n')).rejects.toThrow(
      /pasted:1: no: expected a column of this name/,
    );
    await expect(tried(ONE, 'json', '{ "no": ')).rejects.toThrow(BadInputError);
    await expect(tried(NESTED, 'xml', '<!DOCTYPE a><DATA/>')).rejects.toThrow(/XML without a document type/);
  });
});
