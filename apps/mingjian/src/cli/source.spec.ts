import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openStore } from '@mingjian/store';
import { approveRegister } from '../../../collector/src/testing/approve-register';
import { runCli } from './program';

const HOUSING = 'urn:dept:420684:housing';
const TAX = 'urn:dept:420684:tax';
const REFUSED = 'the approved register of sources does not name it';

describe('mingjian source', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-source-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli(['source', ...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => Date.parse('2026-09-14T10:00:00+08:00'),
    });
    return { code, ...said };
  };
  const add = (name: string, ...more: string[]) => run('add', name, '--department', 'housing', ...more);
  const keyIn = (out: string): string => /key +(mj_[\w-]{43})\n/.exec(out)![1]!;

  it('shows a key once, and asks no store where there is none', async () => {
    const added = await add(HOUSING);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).not.toContain(REFUSED);
    expect((await run('list')).out).toBe(`${HOUSING}  housing\n    key, never used\n`);
    expect((await run('list', '--json')).out).not.toContain(keyIn(added.out));
  });

  it('says of whom an approved register refuses, when a key is made and when they are listed', async () => {
    await add(HOUSING);
    const store = await openStore({ file: join(dir, 'store.db') });
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    await store.close();
    const added = await add(TAX);
    expect(added.code).toBe(0);
    expect(added.out).toContain(REFUSED);
    expect((await run('rotate', HOUSING)).out).not.toContain(REFUSED);
    const lines = (await run('list')).out.split('\n');
    expect(lines.filter((line) => line.includes(REFUSED))).toHaveLength(1);
    expect(lines[lines.findIndex((line) => line.includes(REFUSED)) - 1]).toContain(TAX);
    expect(JSON.parse((await run('list', '--json')).out)).toMatchObject({
      sources: [
        { source: HOUSING, isRefused: false },
        { source: TAX, isRefused: true },
      ],
    });
  });

  it('shows the key also where the store cannot be read, and says so', async () => {
    writeFileSync(
      join(dir, 'store.db'),
      'no database at all, but a file that is long enough to look like one',
    );
    const added = await add(HOUSING);
    expect(added.code).toBe(0);
    expect(keyIn(added.out)).toHaveLength(46);
    expect(added.err).toContain('could not be read');
  });
});
