import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog, type EventLog } from '@mingjian/log';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { loadMapping } from '@mingjian/mapping';
import { collectLog } from '../../testing/collect-log';
import { importFile } from './import-file';

const MAPPING = `
mapping: tables
format: csv
source: urn:dept:1:tables
zone: Asia/Shanghai
inputs:
  case: { file: 'case*.csv', key: '{no}' }
  link: { file: 'link*.csv', key: '{link}', join: { case: { input: case, on: '{no}' } } }
  step:
    file: 'step*.csv'
    join:
      link: { input: link, on: '{link}' }
      case: { input: case, on: '{link.no}' }
events:
  - input: step
    type: step.finished
    id: '{id}'
    subject: '{case.no}'
    time: '{at}'
    data: { step: '{name}', item: '{case.item}' }
`;

describe('importing the tables of a department', () => {
  let home: string;
  let log: EventLog;
  const clock = new TestClock(Date.parse('2026-09-20T08:00:00Z'));

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-tables-'));
    log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 2, clock });
    writeFileSync(join(home, 'mapping.yaml'), MAPPING);
  });
  afterEach(async () => {
    await log.close();
    rmSync(home, { recursive: true });
  });

  function deliver(files: Record<string, string>) {
    const file = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(home, name), content);
      return join(home, name);
    });
    const mapping = loadMapping(join(home, 'mapping.yaml'));
    const settings = { futureToleranceSeconds: 300, intakeBatch: 2 };
    return importFile({ file, mapping, log, clock, settings, joinFile: join(home, 'joined-rows.db') });
  }

  const STEPS =
    'id,link,name,at\n1,L-1,审核,2026-09-14 10:00:00\n2,L-1,批准,2026-09-15 10:00:00\n3,L-2,审核,2026-09-15 11:00:00\n';
  const LINKS = 'link,no\nL-1,A-1\nL-2,A-2\n';
  const CASES = 'no,item,applicant\nA-1,A0101,张三\nA-2,A0102,李四\n';

  it('finds a row over two joins, whatever the order of the files', async () => {
    expect(await deliver({ 'step.csv': STEPS, 'link.csv': LINKS, 'case.csv': CASES })).toMatchObject({
      records: 7,
      accepted: 3,
      quarantined: 0,
      waiting: 0,
    });
    const { events } = await collectLog(log);
    expect(events.map(({ id, subject, data }) => `${id} ${subject} ${String(data.item)}`).sort()).toEqual([
      '1 A-1 A0101',
      '2 A-1 A0101',
      '3 A-2 A0102',
    ]);
  });

  it('lets rows wait in quarantine over deliveries and processes, and releases each when all its rows are there', async () => {
    expect(await deliver({ 'step.csv': STEPS })).toMatchObject({ accepted: 0, quarantined: 3, waiting: 3 });
    // The link alone does not do: they now wait for the case.
    expect(await deliver({ 'link.csv': LINKS })).toMatchObject({ accepted: 0, released: 0 });
    expect(await deliver({ 'case.csv': CASES.split('\n').slice(0, 2).join('\n') })).toMatchObject({
      released: 2,
    });
    expect(await deliver({ 'case.csv': CASES })).toMatchObject({ released: 1 });
    expect(await deliver({ 'case.csv': CASES })).toMatchObject({ released: 0 });
    const { events, quarantine } = await collectLog(log);
    expect(events.map(({ id }) => id).sort()).toEqual(['1', '2', '3']);
    const held = new Map(quarantine.map((record) => [record.id, record]));
    expect([...held.values()].map(({ reason, releasedat }) => [reason, releasedat])).toEqual(
      Array.from({ length: 3 }, () => ['waiting', '2026-09-20T08:00:00.000Z']),
    );
    expect(quarantine.filter(({ releasedat }) => releasedat === undefined)).toHaveLength(3);
  });

  it('remembers nothing of a person that the mapping does not read', async () => {
    await deliver({ 'case.csv': CASES });
    const { readFileSync, readdirSync } = await import('node:fs');
    const kept = readdirSync(home).filter((name) => name.startsWith('joined-rows.db'));
    const text = kept.map((name) => readFileSync(join(home, name), 'utf8')).join('');
    expect(text).toContain('A0101');
    expect(text).not.toContain('张三');
  });

  it('refuses a delivery with a file of no table before anything is published', async () => {
    await expect(deliver({ 'case.csv': CASES, 'other.csv': 'x\n' })).rejects.toThrow(
      /other.csv: expected a file of one of the inputs of mapping tables \(case, link, step\)/,
    );
    expect((await collectLog(log)).events).toEqual([]);
  });
});
