import { BadInputError, parseYamlDocument } from '@mingjian/contracts';
import { compileMapping, type Mapping } from './mapping';
import { MappingDocument } from './mapping-document';
import { RowsInMemory } from './preview/rows-in-memory';

const TABLES = `
mapping: tables
format: csv
source: urn:dept:44:tables
zone: Asia/Shanghai
units: { 小时: wh }
cannotExpress: [step-start]
inputs:
  SB: { file: 'SB*.csv', key: '{SBLSH}' }
  SL:
    file: 'SL*.csv'
    key: '{YWLSH}'
    version: { field: SJBBH, time: '{INSERTTIME}' }
    join: { apply: { input: SB, on: '{SBLSH}' } }
  SPCL: { file: 'SPCL*.csv' }
events:
  - input: SB
    type: case.submitted
    id: 'SB/{SBLSH}'
    subject: '{SBLSH}'
    time: '{SBSJ}'
    data: { item: '{SXBM}' }
  - input: SL
    when: { field: SLZTDM, is: '1' }
    type: case.accepted
    id: 'SL/{YWLSH}/{SJBBH}'
    subject: '{YWLSH}'
    time: '{SLSJ}'
    data:
      item: '{apply.SXBM}'
      promiseLimit: { field: GDBLSX, unit: '{GDBLSXDW}', as: limit }
      daysApplied: { field: GDBLSX, unit: '{GDBLSXDW}', as: working-days, when: { field: GDBLSXDW, is: G } }
  - input: SL
    when: { field: SLZTDM, is: '4' }
    type: case.not-accepted
    id: 'SL/{YWLSH}/{SJBBH}'
    subject: '{YWLSH}'
    time: '{SLSJ}'
  - input: SPCL
    each: steps
    type: step.finished
    id: '{YWLSH}/{no}'
    subject: '{YWLSH}'
    time: '{at}'
    data: { step: '{name}' }
`;

const compiled = (yaml: string): Mapping =>
  compileMapping(parseYamlDocument(yaml, 'm.yaml', MappingDocument));

function problemsOf(yaml: string): string {
  try {
    compiled(yaml);
  } catch (error) {
    if (error instanceof BadInputError) return error.message;
    throw error;
  }
  throw new Error('The mapping was accepted.');
}

const SL = {
  YWLSH: 'Y-1',
  SJBBH: '1',
  SBLSH: 'S-1',
  SLZTDM: '1',
  SLSJ: '2026-09-14 10:00:00',
  INSERTTIME: '2026-09-14 10:01:00',
  GDBLSX: '20',
  GDBLSXDW: 'G',
};

describe('a mapping of several tables', () => {
  let memory: RowsInMemory;
  const mapping = compiled(TABLES);
  beforeEach(() => {
    memory = new RowsInMemory();
    const row = mapping.toRemember({ SB: { SBLSH: 'S-1', SXBM: 'A0101', SQRMC: '张三', SBSJ: '' } });
    memory.remember(row === null ? [] : [row]);
  });

  it('joins a row to the row of another table, and remembers only the fields that it reads of it', () => {
    expect(mapping.apply({ SL }, memory)).toMatchObject([
      {
        ok: true,
        value: { type: 'case.accepted', data: { item: 'A0101', promiseLimit: '20wd', daysApplied: 20 } },
      },
    ]);
    expect(memory.find({ input: 'SB', key: 'S-1' })).toEqual({ SXBM: 'A0101' });
  });

  it('lets a record wait while its other row has not come, and says for which', () => {
    expect(mapping.apply({ SL: { ...SL, SBLSH: 'S-2' } }, memory)).toMatchObject([
      {
        ok: false,
        waitsFor: { input: 'SB', key: 'S-2' },
        problem: { expected: 'a row of SB known by "S-2"' },
      },
    ]);
    // A person may write the row into the record.
    expect(mapping.apply({ SL: { ...SL, SBLSH: 'S-2', apply: { SXBM: 'B' } } })).toMatchObject([
      { value: { data: { item: 'B' } } },
    ]);
  });

  it('keeps the newest version of a joined row, whichever comes first', () => {
    const at = (version: number, item: string) =>
      ({ input: 'SB', key: 'S-3', version, fields: { SXBM: item } }) as const;
    memory.remember([at(2, 'new'), at(1, 'old')]);
    expect(memory.find({ input: 'SB', key: 'S-3' })).toEqual({ SXBM: 'new' });
  });

  it('takes back what every earlier version of a row said, under ids that do not depend on the order', () => {
    const corrected = { ...SL, SJBBH: '3', SLZTDM: '4', INSERTTIME: '2026-09-16 08:00:00' };
    const mapped = mapping.apply({ SL: corrected }, memory);
    expect(mapped.map((one) => one.ok && one.value)).toMatchObject([
      { type: 'case.not-accepted', id: 'SL/Y-1/3' },
      {
        type: 'event.retracted',
        id: 'SL/Y-1/1~3',
        subject: 'Y-1',
        time: '2026-09-16T08:00:00.000+08:00',
        data: { retracts: 'SL/Y-1/1', reason: 'SJBBH 3' },
      },
      { type: 'event.retracted', id: 'SL/Y-1/2~3', data: { retracts: 'SL/Y-1/2' } },
    ]);
  });

  it('lets the earlier version stand while the newer cannot be read', () => {
    const mapped = mapping.apply({ SL: { ...SL, SJBBH: '2', SLSJ: 'soon' } }, memory);
    expect(mapped).toMatchObject([{ ok: false, problem: { field: 'SLSJ' } }]);
    expect(mapping.apply({ SL: { ...SL, SJBBH: '999999' } }, memory)).toMatchObject([
      { ok: false, problem: { field: 'SJBBH', expected: 'a version from 1 to 200' } },
    ]);
  });

  it('makes an event of each element of a list, and says what the format has no field for', () => {
    const steps = [
      { no: 1, name: '审核', at: '2026-09-15 10:00:00' },
      { no: 2, name: '批准', at: '2026-09-16 10:00:00' },
    ];
    const mapped = mapping.apply({ SPCL: { YWLSH: 'Y-1', steps } });
    expect(mapped.map((one) => one.ok && one.value)).toMatchObject([
      { id: 'Y-1/1', data: { step: '审核', cannotExpress: ['step-start'] } },
      { id: 'Y-1/2', time: '2026-09-16T10:00:00.000+08:00' },
    ]);
    expect(mapping.apply({ SL }, memory)[0]).not.toHaveProperty('value.data.cannotExpress');
  });

  it('never guesses a unit', () => {
    expect(mapping.apply({ SL: { ...SL, GDBLSXDW: 'Z' } }, memory)).toMatchObject([
      { value: { data: { promiseLimit: '20d' } } },
    ]);
    expect(mapping.apply({ SL: { ...SL, GDBLSXDW: '小时' } }, memory)).toMatchObject([
      { value: { data: { promiseLimit: '20wh' } } },
    ]);
    for (const unit of ['天', 'constructor'])
      expect(mapping.apply({ SL: { ...SL, GDBLSXDW: unit } }, memory)).toMatchObject([
        { ok: false, problem: { field: '{GDBLSXDW}', got: `"${unit}"` } },
      ]);
  });

  it('refuses a number that was too long to be read exactly', () => {
    expect(mapping.apply({ SL: { ...SL, YWLSH: 12345678901234567000 } }, memory)).toMatchObject([
      { ok: false, problem: { field: 'YWLSH', hint: 'write long numbers in quotes' } },
    ]);
  });

  it('says which inputs there are where a record names none', () => {
    expect(mapping.apply(SL, memory)).toMatchObject([
      { ok: false, problem: { expected: 'a record of one of the inputs (SB, SL, SPCL)' } },
    ]);
  });

  it.each([
    ['  SPCL: { file:', '  SPCL: { fiel:', /:15: inputs.SPCL: .*\(fiel\).* did you mean file/],
    ['type: case.submitted', 'type: case.submited', /:18: .* — did you mean case.submitted/],
    ['- input: SPCL', '- input: SPLC', /:39: .*\(SB, SL, SPCL\).* — did you mean SPCL/],
    ["input: SB, on: '{SBLSH}'", "input: SPCL, on: '{SBLSH}'", /:14: .* an input with a key/],
    ["'SL/{YWLSH}/{SJBBH}'", "'SL/{YWLSH}'", /:26: events.1.id: .*\{SJBBH\} in it/],
    ["'SL/{YWLSH}/{SJBBH}'", "'{SLSJ}/{SJBBH}'", /:26: events.1.id: .*\{SLSJ\} may differ/],
    [', as: limit }', ' }', /:31: events.1.data.promiseLimit: .*"unit" with "as: limit"/],
    ['type: step.finished', 'type: step.started', /:41: events.3.type: .*no step.started/],
    ['[step-start]', '[step-strat]', /:7: .* — did you mean step-start/],
    ['  - input: SB\n', '  - \n', /:18: events.0: .*an input, .*SB, SL, SPCL/],
  ])('names the line of a fault and what was likely meant: %s', (from, to, said) => {
    expect(problemsOf(TABLES.replace(from, to))).toMatch(said);
  });
});
