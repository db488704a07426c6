import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '@mingjian/log';
import { SystemClock } from '@mingjian/runtime';
import { spawnTypescript } from '../../../libs/runtime/src/testing/spawn-typescript';
import { importFile } from './feed/file/import-file';
import { loadMapping } from '@mingjian/mapping';
import { collectLog } from './testing/collect-log';

const SAMPLE = join(__dirname, '../../../samples/wabo-receipt');
const clock = new SystemClock();

describe('a collector that is killed', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'mingjian-kill-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  const openLog = () => openEmbeddedLog({ file: join(home, 'log.db'), partitions: 8, clock });
  const serve = async () => {
    const child = spawnTypescript(join(__dirname, 'testing/serve-until-killed.ts'), [home]);
    await child.untilLines(2);
    const [url = '', key = ''] = child.lines;
    return { child, url, key };
  };
  const send = async (url: string, key: string, id: string): Promise<number> => {
    const event = {
      specversion: '1.0',
      id,
      source: 'urn:dept:1:test',
      type: 'case.accepted',
      subject: `case-${id}`,
      time: '2026-09-14T10:00:00+08:00',
      data: { item: 'A0101' },
    };
    const reply = await fetch(`${url}/v1/step-events`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    return reply.status;
  };

  it('has lost nothing that it acknowledged', async () => {
    const { child, url, key } = await serve();
    const acknowledged: string[] = [];
    const sender = async (name: string): Promise<void> => {
      for (let n = 0; ; n++)
        if ((await send(url, key, `${name}-${n}`)) === 202) acknowledged.push(`${name}-${n}`);
    };
    const senders = ['a', 'b', 'c'].map((name) => sender(name).catch(() => undefined));
    while (acknowledged.length < 60) await new Promise((resolve) => setImmediate(resolve));
    await child.kill();
    await Promise.all(senders);
    const log = openLog();
    const kept = new Set((await collectLog(log)).events.map(({ id }) => id));
    await log.close();
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('stops in order when it is asked to', async () => {
    const { child, url, key } = await serve();
    expect(await send(url, key, 'last')).toBe(202);
    const exit = once(child.process, 'exit');
    child.process.kill('SIGTERM');
    expect((await exit)[0]).toBe(0);
  });

  it('completes an import that was cut off in the middle when the file is imported again', async () => {
    const file = join(SAMPLE, 'wabo-receipt-events.csv.gz');
    const mapping = join(__dirname, '../../../mappings/wabo/mapping.yaml');
    const child = spawnTypescript(join(__dirname, 'testing/import-until-killed.ts'), [home, file, mapping]);
    await child.untilLines(20);
    await child.kill();
    const log = openLog();
    const partial = (await collectLog(log)).events.length;
    expect(partial).toBeGreaterThan(1900);
    expect(partial).toBeLessThan(11_340);
    const settings = { futureToleranceSeconds: 300, intakeBatch: 1000 };
    await importFile({ file, mapping: loadMapping(mapping), log, clock, settings });
    const { events, quarantine } = await collectLog(log);
    await log.close();
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(11_340);
    expect(quarantine).toEqual([]);
  });
});
