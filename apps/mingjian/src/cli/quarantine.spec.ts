import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { QuarantineRecord } from '@mingjian/contracts';
import { endQuarantine, keepQuarantined, openStore } from '@mingjian/store';
import { runCli } from './program';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

function record(id: string): QuarantineRecord {
  return {
    ...{ id, source: 'urn:dept:housing', feed: 'http', place: 'record 1', reason: 'invalid', field: 'time' },
    ...{ expected: 'a time', got: 'soon', hint: '', raw: '{}', receivedat: new Date(AT).toISOString() },
  };
}

describe('mingjian quarantine', () => {
  let home: string;
  let out: string;
  let err: string;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-quarantine-cli-'));
    const store = await openStore({ file: join(home, 'store.db') });
    await store.write(async (transaction) => {
      await keepQuarantined(transaction, [record('aaaa'), record('bbbb'), record('cccc')]);
      const end = { state: 'resolved' as const, at: AT + 60_000, by: 'urn:dept:housing', eventIds: 'e-1' };
      await endQuarantine(transaction, 'bbbb', end);
    });
    await store.close();
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function quarantine(...args: string[]): Promise<number> {
    [out, err] = ['', ''];
    return runCli(['quarantine', ...args, '--data-dir', home], {
      stdin: Readable.from([]),
      out: async (text) => void (out += text),
      err: (text) => (err += text),
      now: () => AT + 120_000,
    });
  }

  it('lists what is open, and tells how much is over', async () => {
    expect(await quarantine('list')).toBe(1);
    expect(out).toBe(
      [
        'aaaa  invalid  record 1: time: expected a time, got soon',
        'cccc  invalid  record 1: time: expected a time, got soon',
        '2 held, 1 resolved',
        '',
      ].join('\n'),
    );
  });

  it('lists what is over, with when, by whom and with which events', async () => {
    expect(await quarantine('list', '--state', 'resolved')).toBe(0);
    expect(out).toContain('bbbb  invalid');
    expect(out).toContain('    resolved 2026-09-14T02:01:00.000Z by urn:dept:housing: e-1\n');
    expect(await quarantine('list', '--state', 'gone')).toBe(64);
    expect(err).toContain('one of held, released, resolved, discarded');
  });

  it('notes who discarded a record, and keeps it', async () => {
    expect(await quarantine('discard', 'aaaa', '--actor', 'operator-1')).toBe(0);
    await quarantine('list', '--state', 'discarded', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ id: 'aaaa', state: 'discarded', releasedAt: AT + 120_000, endedBy: 'operator-1', raw: '{}' },
    });
  });
});
