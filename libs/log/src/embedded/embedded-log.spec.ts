import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnTypescript } from '../../../runtime/src/testing/spawn-typescript';
import { TestClock } from '../../../runtime/src/testing/test-clock';
import { describeEventLog } from '../testing/log-conformance';
import { openEmbeddedLog } from './open-embedded-log';

const directory = (): string => mkdtempSync(join(tmpdir(), 'mingjian-log-'));

describeEventLog('embedded', async (partitions) => {
  const home = directory();
  const file = join(home, 'log.db');
  const topic = 'mingjian.step-events';
  return {
    topic,
    open: async () => openEmbeddedLog({ file, partitions, clock: new TestClock(1_700_000_000_000) }),
    spawnAppender: () =>
      spawnTypescript(join(__dirname, '../testing/append-until-killed.ts'), [
        file,
        topic,
        String(partitions),
      ]),
    cleanUp: async () => rmSync(home, { recursive: true }),
  };
});

describe('the embedded log', () => {
  const open = (file: string, partitions = 4) =>
    openEmbeddedLog({ file, partitions, clock: new TestClock(1_700_000_000_000) });

  it('makes its directory', async () => {
    const file = join(directory(), 'deep', 'down', 'log.db');
    await open(file).close();
    expect(existsSync(file)).toBe(true);
  });

  it('stamps records with the injected time', async () => {
    const log = open(join(directory(), 'log.db'));
    await log.append('t', [{ key: 'k', value: 'v' }]);
    const stamps: number[] = [];
    const handle = async (batch: { records: { appendedAt: number }[] }): Promise<void> =>
      void stamps.push(...batch.records.map((record) => record.appendedAt));
    await log.subscribe({ group: 'g', topic: 't', maxBatch: 10, handle }).drain();
    await log.close();
    expect(stamps).toEqual([1_700_000_000_000]);
  });

  it('refuses another number of partitions, because keys would change their place', async () => {
    const file = join(directory(), 'log.db');
    await open(file, 4).close();
    expect(() => open(file, 8)).toThrow(
      `${file}: expected 4 partitions, got 8 — a log keeps the number it was made with; set MINGJIAN_LOG_PARTITIONS=4`,
    );
  });

  it('refuses to append after it was closed', async () => {
    const log = open(join(directory(), 'log.db'));
    await log.close();
    await expect(log.append('t', [{ key: 'k', value: 'v' }])).rejects.toThrow('The event log is closed.');
  });

  it('refuses what SQLite would cut short, rather than keep half of it', async () => {
    const log = open(join(directory(), 'log.db'));
    await expect(log.append('t', [{ key: 'k', value: 'a\0b' }])).rejects.toThrow('U+0000');
    await log.close();
  });

  it('keeps what was appended in the turn in which it is closed', async () => {
    const file = join(directory(), 'log.db');
    const log = open(file);
    await Promise.all([log.append('t', [{ key: 'k', value: 'v' }]), log.close()]);
    const again = open(file);
    expect([...(await again.lag('g', 't')).values()].reduce((sum, n) => sum + n)).toBe(1);
    await again.close();
  });
});
