import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openEmbeddedLog, type EventLog } from '@mingjian/log';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { releaseQuarantined } from '../../intake/release-quarantined';
import { loadMapping } from '@mingjian/mapping';
import { collectLog } from '../../testing/collect-log';
import { importFile } from './import-file';

const MAPPING = `
mapping: window
format: csv
source: urn:dept:1:window
zone: Asia/Shanghai
events:
  - type: case.accepted
    once: true
    id: '{case}/accepted'
    subject: '{case}'
    time: '{accepted}'
    data: { item: A0101 }
  - type: step.finished
    when: { field: step, present: true }
    id: '{case}/{step}'
    subject: '{case}'
    time: '{finished}'
    data: { step: '{step}' }
`;
const settings = { futureToleranceSeconds: 300, intakeBatch: 3 };

describe('importing a file', () => {
  let home: string;
  let log: EventLog;
  const clock = new TestClock(Date.parse('2026-09-20T08:00:00Z'));

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-import-'));
    log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 2, clock });
    writeFileSync(join(home, 'mapping.yaml'), MAPPING);
  });
  afterEach(async () => {
    await log.close();
    rmSync(home, { recursive: true });
  });

  function run(name: string, content: string | Buffer, mapping = join(home, 'mapping.yaml')) {
    const file = join(home, name);
    writeFileSync(file, content);
    return importFile({ file, mapping: loadMapping(mapping), log, clock, settings });
  }

  const CSV = [
    'case,accepted,step,finished',
    'A-1,2026-09-14 09:00:00,review,2026-09-14 10:00:00',
    'A-1,2026-09-14 09:00:00,"approve\nand sign",2026-09-15 10:00:00',
    'A-2,2026-09-14 09:30:00,,',
    'A-3,2026-09-14 09:45:00,review,soon',
    'A-4,2026-09-14',
    'A-5,2099-01-01 00:00:00,review,2026-09-15 10:00:00',
  ].join('\n');

  it('publishes what rows mean, each repeated event once, and quarantines the rest with file and line', async () => {
    expect(await run('window.csv', CSV)).toEqual({
      records: 6,
      accepted: 6,
      quarantined: 3,
      eventsByType: { 'case.accepted': 3, 'step.finished': 3 },
      skippedRepeats: 1,
      waiting: 0,
      released: 0,
    });
    const { events, quarantine } = await collectLog(log);
    expect(events.map(({ id }) => id).sort()).toEqual([
      'A-1/accepted',
      'A-1/approve\nand sign',
      'A-1/review',
      'A-2/accepted',
      'A-3/accepted',
      'A-5/review',
    ]);
    const file = join(home, 'window.csv');
    expect(quarantine.sort((a, b) => (a.place < b.place ? -1 : 1))).toMatchObject([
      {
        place: `${file}:6`,
        reason: 'unmappable',
        field: 'finished',
        got: '"soon"',
        source: 'urn:dept:1:window',
      },
      {
        place: `${file}:7`,
        reason: 'malformed',
        expected: '4 columns, as in the header',
        got: '2',
        raw: 'A-4,2026-09-14',
      },
      { place: `${file}:8`, reason: 'time-in-future', field: 'time' },
    ]);
  });

  it('reads gzip, a byte order mark, and encodings other than UTF-8', async () => {
    expect(await run('window.csv.gz', gzipSync(`\uFEFF${CSV}`))).toMatchObject({ records: 6, accepted: 6 });
    writeFileSync(join(home, 'gb.yaml'), MAPPING.replace('format: csv', 'format: csv\nencoding: gb18030'));
    // 审核 in GB 18030.
    const bytes = Buffer.concat([
      Buffer.from('case,accepted,step,finished\nA-9,2026-09-14 09:00:00,'),
      Buffer.from([0xc9, 0xf3, 0xba, 0xcb]),
      Buffer.from(',2026-09-14 10:00:00\n'),
    ]);
    await run('gb.csv', bytes, join(home, 'gb.yaml'));
    const { events } = await collectLog(log);
    expect(events.filter(({ subject }) => subject === 'A-9').map(({ data }) => data.step)).toContain('审核');
    await expect(run('gb.csv', bytes)).rejects.toThrow(
      /gb.csv: expected text in utf-8, got bytes that it does not have — .*"encoding: gb18030" for instance/,
    );
    // The other way round: the hint is no encoding that the mapping names already.
    await expect(run('utf8.csv', CSV.replace('case', '案'), join(home, 'gb.yaml'))).rejects.toThrow(
      /utf8.csv: expected text in gb18030, .*"encoding: utf-8" for instance/,
    );
  });

  it('refuses a file without a column that the mapping needs, once and not for each row', async () => {
    await expect(run('window.csv', 'case,accepted,step\nA-1,2026-09-14 09:00:00,x\n')).rejects.toThrow(
      /window.csv:1: finished: expected a column of this name, which mapping window reads, got case,accepted,step/,
    );
  });

  it('refuses a file that is not there, or whose gzip is broken', async () => {
    const mapping = loadMapping(join(home, 'mapping.yaml'));
    const file = join(home, 'missing.csv.gz');
    await expect(importFile({ file, mapping, log, clock, settings })).rejects.toThrow(
      /missing.csv.gz: expected a file that can be read, got ENOENT/,
    );
    await expect(run('broken.csv.gz', 'no gzip')).rejects.toThrow(
      /broken.csv.gz: expected a file that can be read/,
    );
  });

  it('reads files that hold step events already, of any source', async () => {
    const event = {
      specversion: '1.0',
      id: 'e-1',
      source: 'urn:dept:2:tax',
      type: 'case.accepted',
      subject: 'T-1',
      time: '2026-09-14T09:00:00+08:00',
      data: { item: 'T01' },
    };
    const lines = [event, 'not JSON', { ...event, id: 'e-2', type: 'nothing' }, { ...event, id: 'e-3' }];
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    expect(await run('events.ndjson', text, 'step-events')).toMatchObject({
      records: 4,
      accepted: 2,
      quarantined: 2,
    });
    const { quarantine } = await collectLog(log);
    expect(quarantine.map(({ place, reason }) => [place.slice(home.length), reason]).sort()).toEqual([
      ['/events.ndjson:2', 'malformed'],
      ['/events.ndjson:3', 'invalid'],
    ]);
  });

  it('publishes two records that contradict each other, so that the contradiction comes to light', async () => {
    const rows = 'case,accepted,step,finished\nA-1,2026-09-14 09:00:00,,\nA-1,2026-09-14 09:00:01,,\n';
    expect(await run('window.csv', rows)).toMatchObject({ accepted: 2, skippedRepeats: 0 });
  });

  describe('and releasing what went into quarantine', () => {
    const options = () => ({ log, clock, settings });

    it('maps a mended record again and publishes what it means', async () => {
      await run('window.csv', CSV);
      const { quarantine } = await collectLog(log);
      const record = quarantine.find(({ reason }) => reason === 'unmappable');
      if (record === undefined) throw new Error('nothing unmappable');
      expect(await releaseQuarantined(record, options())).toMatchObject({
        ok: false,
        problems: [{ expected: 'a step event', hint: expect.stringContaining('--mapping FILE') as string }],
      });
      const mapping = loadMapping(join(home, 'mapping.yaml'));
      expect(await releaseQuarantined(record, { ...options(), mapping })).toMatchObject({
        ok: false,
        problems: [{ field: 'finished', got: '"soon"' }],
      });
      const mendedText = record.raw.replace('soon', '2026-09-15 10:00:00');
      expect(await releaseQuarantined(record, { ...options(), mapping, mendedText })).toMatchObject({
        ok: true,
        events: [{ id: 'A-3/accepted' }, { id: 'A-3/review', receivedat: '2026-09-20T08:00:00.000Z' }],
      });
    });

    it('holds a mended event against the same checks, in the name of its source only', async () => {
      const event = {
        specversion: '1.0',
        id: 'e-1',
        source: 'urn:dept:2:tax',
        type: 'case.accepted',
        subject: 'T-1',
        time: '2099-09-14T09:00:00+08:00',
        data: { item: 'T01' },
      };
      await run('events.ndjson', JSON.stringify(event), 'step-events');
      const [record] = (await collectLog(log)).quarantine;
      if (record === undefined) throw new Error('nothing in quarantine');
      expect(await releaseQuarantined(record, options())).toMatchObject({
        ok: false,
        problems: [{ field: 'time' }],
      });
      const mended = { ...event, time: '2026-09-14T09:00:00+08:00' };
      const asOther = JSON.stringify({ ...mended, source: 'urn:dept:3:other' });
      expect(await releaseQuarantined(record, { ...options(), mendedText: asOther })).toMatchObject({
        ok: false,
        problems: [{ field: 'source', expected: 'urn:dept:2:tax' }],
      });
      expect((await collectLog(log)).events).toEqual([]);
      const mendedText = JSON.stringify(mended);
      expect(await releaseQuarantined(record, { ...options(), mendedText })).toMatchObject({ ok: true });
      expect((await collectLog(log)).events).toMatchObject([mended]);
    });

    it('says what is wrong with a mended text that is no JSON', async () => {
      await run('events.ndjson', '{"a":', 'step-events');
      const [record] = (await collectLog(log)).quarantine;
      if (record === undefined) throw new Error('nothing in quarantine');
      expect(await releaseQuarantined(record, options())).toMatchObject({
        ok: false,
        problems: [{ expected: 'well-formed JSON', got: 'the end of the text at column 6' }],
      });
    });
  });
});
