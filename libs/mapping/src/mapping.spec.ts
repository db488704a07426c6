import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import { loadMapping } from './load-mapping';
import type { Mapping } from './mapping';

const FILE = join(mkdtempSync(join(tmpdir(), 'mingjian-mapping-')), 'mapping.yaml');

function mapping(yaml: string): Mapping {
  writeFileSync(FILE, yaml);
  return loadMapping(FILE);
}

function problemsOf(yaml: string): string {
  try {
    mapping(yaml);
  } catch (error) {
    if (error instanceof BadInputError) return error.message.replaceAll(FILE, 'mapping.yaml');
    throw error;
  }
  throw new Error('The mapping was accepted.');
}

// The state table of a national exchange format: one row a change of state, the state is a code.
const STATES = `
mapping: states
format: ndjson
source: urn:dept:440000:states
zone: Asia/Shanghai
times: [yyyyMMddHHmmss, iso]
empty: ['NULL', '-']
tables:
  states: { '3': case.accepted, '9': case.suspended, '10': case.resumed, '11': case.decided, '13': case.decided }
  outcomes: { '11': granted, '13': refused }
unmatched: quarantine
events:
  - when: { field: valid, isNot: '0' }
    type: { field: BLZT, table: states }
    id: '{DFSJZJ}-{SJBBH}'
    subject: '{SPSXSLBM}'
    time: '{BLSJ}'
    data:
      item: '{item.code}'
      officer: '{BLR}'
      result: { field: BLZT, table: outcomes }
      daysApplied: { field: TBCXSX, as: integer, default: 0 }
`;
const row = {
  DFSJZJ: 'K1',
  SJBBH: 2,
  SPSXSLBM: 'A-1',
  BLZT: 11,
  BLSJ: '20260914100000',
  BLR: 'NULL',
  item: { code: 'A0101' },
};

describe('a mapping', () => {
  it('reads codes, nested fields, numbers and empty texts of a department’s record', () => {
    expect(mapping(STATES).apply(row)).toEqual([
      {
        ok: true,
        once: false,
        rule: 0,
        value: {
          specversion: '1.0',
          id: 'K1-2',
          source: 'urn:dept:440000:states',
          type: 'case.decided',
          subject: 'A-1',
          time: '2026-09-14T10:00:00.000+08:00',
          data: { item: 'A0101', result: 'granted', daysApplied: 0 },
        },
      },
    ]);
  });

  it('says which code a table does not know, and what to do', () => {
    expect(mapping(STATES).apply({ ...row, BLZT: '77' })).toEqual([
      {
        ok: false,
        rule: 0,
        meant: { id: 'K1-2', subject: 'A-1' },
        problem: {
          field: 'BLZT',
          expected: 'a code of table states (3, 9, 10, 11, 13)',
          got: '"77"',
          hint: 'add the code to table states of the mapping',
        },
      },
    ]);
  });

  it.each([
    [{ BLSJ: '' }, { field: 'BLSJ', expected: "a value for the event's time", got: 'nothing' }],
    [{ BLSJ: '14/9/26' }, { field: 'BLSJ', expected: 'a time written as yyyyMMddHHmmss or iso' }],
    [{ BLSJ: '20260230100000' }, { got: '"20260230100000", a time that does not exist' }],
    [{ TBCXSX: 'five' }, { field: 'TBCXSX', expected: 'a whole number', got: '"five"' }],
    [{ SPSXSLBM: { no: 1 } }, { field: 'SPSXSLBM', expected: 'a text or a number', got: '{"no":1}' }],
  ])('refuses a record with %j', (change, problem) => {
    expect(mapping(STATES).apply({ ...row, ...change })).toMatchObject([{ ok: false, problem }]);
  });

  it('quarantines a record that means no event, or ignores it where the mapping says so', () => {
    const invalid = { ...row, valid: '0' };
    expect(mapping(STATES).apply(invalid)).toMatchObject([
      { ok: false, problem: { got: 'one that no rule of the mapping fits' } },
    ]);
    expect(mapping(STATES.replace('unmatched: quarantine', 'unmatched: ignore')).apply(invalid)).toEqual([]);
  });

  it('does not take members of every object for fields of the record', () => {
    expect(mapping(STATES.replace('{SPSXSLBM}', '{constructor}')).apply(row)).toMatchObject([
      { ok: false, problem: { field: 'constructor', got: 'nothing' } },
    ]);
  });

  it('is written as the README shows', () => {
    const readme = readFileSync(join(__dirname, '../../../apps/collector/README.md'), 'utf8');
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
    const record = {
      'case no': 'A-1',
      'accepted at': '2026年9月14日 10时00分',
      'decided at': '20260915100000',
      due: '2026-09-20 17:00:00',
      item: 'A0101',
      state: '11',
      void: '-',
    };
    expect(mapping(example).apply(record)).toMatchObject([
      { value: { type: 'case.accepted', data: { promiseDueAt: '2026-09-20T17:00:00.000+08:00' } } },
      { value: { type: 'case.decided', time: '2026-09-15T10:00:00.000+08:00', data: { result: 'granted' } } },
    ]);
  });

  it('names every fault of the document with its line', () => {
    const text = problemsOf(`mapping: bad
format: toml
source: urn:x:y
zone: Mars/Olympus
times: [HH:mm]
events:
  - type: case.vanished
    id: '{a'
    subject: '{b}'
    time: '{c}'
    data:
      result: { field: d, table: nowhere }
`);
    expect(text.split('\n')).toEqual([
      'mapping.yaml:2: format: expected one of csv, ndjson, json, xml, xlsx, got "toml"',
      'mapping.yaml:4: zone: expected an IANA time zone such as Asia/Shanghai, got "Mars/Olympus"',
      expect.stringMatching(
        /^mapping.yaml:5: times.0: expected iso, epoch-s, epoch-ms, or a pattern of .*, got "HH:mm"$/,
      ),
      expect.stringMatching(/^mapping.yaml:7: events.0.type: expected an event type \(case.submitted, /),
      expect.stringMatching(/^mapping.yaml:8: events.0.id: expected /),
    ]);
  });

  it('says which tables there are where one is missing', () => {
    expect(problemsOf(STATES.replace('table: outcomes', 'table: nowhere'))).toBe(
      'mapping.yaml:21: events.0.data.result.table: expected one of the tables of this mapping (states, outcomes), got "nowhere"',
    );
  });

  it('refuses a member of the data that no rule reads, and says which one was likely meant', () => {
    const text = problemsOf(
      STATES.replace('officer:', 'oficer:').replace('daysApplied: {', 'appliedFor: {'),
    ).split('\n');
    expect(text).toEqual([
      'mapping.yaml:20: events.0.data.oficer: expected a member that step events have, got "{BLR}" — did you mean officer',
      expect.stringMatching(/^mapping.yaml:22: events.0.data.appliedFor: .* — they are item, department, /),
    ]);
  });

  it('says so when there is no such file', () => {
    expect(() => loadMapping('no/such/mapping.yaml')).toThrow(
      'no/such/mapping.yaml: expected a mapping file, or the built-in mapping step-events, got ENOENT',
    );
  });
});
