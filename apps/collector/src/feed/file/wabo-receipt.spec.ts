import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openEmbeddedLog, type EventLog } from '@mingjian/log';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { loadMapping } from '@mingjian/mapping';
import { collectLog } from '../../testing/collect-log';
import { importFile, type ImportCounts } from './import-file';

const SAMPLE = join(__dirname, '../../../../../samples/wabo-receipt');
const EVENTS = join(SAMPLE, 'wabo-receipt-events.csv.gz');
const COUNTS: ImportCounts = {
  records: 8577,
  accepted: 8577 + 1434 + 1329,
  quarantined: 0,
  eventsByType: { 'step.finished': 8577, 'case.accepted': 1434, 'case.decided': 1329 },
  skippedRepeats: expect.any(Number) as number,
  waiting: 0,
  released: 0,
};

describe('the real approval log in samples/wabo-receipt', () => {
  let home: string;
  let log: EventLog;
  const clock = new TestClock(Date.parse('2026-09-20T08:00:00Z'));

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-wabo-'));
    log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 8, clock });
  });
  afterEach(async () => {
    await log.close();
    rmSync(home, { recursive: true });
  });

  const run = (file: string) =>
    importFile({
      file,
      mapping: loadMapping(join(__dirname, '../../../../../mappings/wabo/mapping.yaml')),
      log,
      clock,
      settings: { futureToleranceSeconds: 300, intakeBatch: 1000 },
    });

  it('is read whole: every row a finished step, every case accepted once, every closed case decided', async () => {
    expect(await run(EVENTS)).toEqual(COUNTS);
    const { events, quarantine } = await collectLog(log);
    expect(quarantine).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(COUNTS.accepted);
    expect(events.filter(({ subject }) => subject === 'case-10011')[0]).toEqual({
      specversion: '1.0',
      id: 'task-42933',
      source: 'urn:sample:wabo-receipt',
      type: 'step.finished',
      subject: 'case-10011',
      time: '2011-10-11T13:45:40.276+02:00',
      receivedat: '2026-09-20T08:00:00.000Z',
      data: {
        item: 'WABO-RECEIPT',
        department: 'General',
        step: 'Confirmation of receipt',
        post: 'Group 1',
        officer: 'Resource21',
      },
    });
    expect(events.find(({ id }) => id === 'case-10011/accepted')).toMatchObject({
      time: '2011-10-11T13:42:22.688+02:00',
      data: { promiseDueAt: '2011-12-06T13:41:31.788+01:00' },
    });
  });

  it('gives the same events when its rows are shuffled', async () => {
    const [header = '', ...rows] = gunzipSync(readFileSync(EVENTS)).toString('utf8').trim().split('\n');
    // A fixed permutation: 5,003 is prime and divides the number of rows not at all.
    const shuffled = rows.map((_, index) => rows[(index * 5003) % rows.length] ?? '');
    expect(new Set(shuffled).size).toBe(rows.length);
    const file = join(home, 'shuffled.csv');
    writeFileSync(file, [header, ...shuffled].join('\n'));
    expect(await run(file)).toEqual(COUNTS);
    const inShuffle = (await collectLog(log)).events.map((event) => JSON.stringify(event)).sort();
    await run(EVENTS);
    const both = (await collectLog(log)).events.map((event) => JSON.stringify(event));
    expect(both).toHaveLength(2 * inShuffle.length);
    expect([...new Set(both)].sort()).toEqual(inShuffle);
  });
});
