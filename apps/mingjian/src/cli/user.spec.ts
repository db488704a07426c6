import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openStore } from '@mingjian/store';
import { runCli } from './program';

describe('mingjian user', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-user-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli(['user', ...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => Date.parse('2026-09-14T10:00:00+08:00'),
    });
    return { code, ...said };
  };

  it('adds an account and shows its one-time password once', async () => {
    const added = await run('add', 'ZhangWei', '--role', 'department-head', '--department', 'housing');
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/account +zhangwei\none-time password +\S{23}\n/);
    const password = /password +(\S+)/.exec(added.out)![1]!;
    const listed = await run('list');
    expect(listed.out).toBe('zhangwei  department-head  housing  one-time  ZhangWei\n');
    expect((await run('list', '--json')).out).not.toMatch(new RegExp(`${password}|hash|argon`));
  });

  it('refuses what does not fit together, and says what does', async () => {
    expect(await run('add', 'a', '--role', 'inspector')).toMatchObject({ code: 64 });
    expect((await run('add', 'boss', '--role', 'king')).err).toContain('one of inspector, department-head');
    expect((await run('add', 'boss')).err).toContain('--role: one of');
    expect((await run('add', 'boss', '--role', 'post')).err).toContain('必须填写所属部门');
    const both = ['--role', 'administrator', '--role', 'auditor'];
    expect((await run('add', 'boss', ...both)).err).toContain('管理员与审计员不得为同一人');
    const judge = ['--role', 'inspector', '--role', 'post', '--department', 'housing'];
    expect((await run('add', 'boss', ...judge)).err).toContain('本部门不得监察自己');
    await run('add', 'boss', '--role', 'inspector');
    expect((await run('add', 'BOSS', '--role', 'inspector')).err).toContain('已存在');
    expect(await run('reset', 'nobody')).toMatchObject({ code: 64 });
    expect((await run('fly', 'boss')).err).toContain('the actions are');
  });

  it('keeps an administrator who can sign in', async () => {
    await run('add', 'root', '--role', 'administrator');
    expect((await run('disable', 'root')).err).toContain('至少保留一名可用的管理员');
    expect((await run('role', 'root', '--role', 'inspector')).err).toContain('至少保留一名可用的管理员');
    await run('add', 'second', '--role', 'administrator');
    expect(await run('disable', 'root')).toMatchObject({ code: 0 });
    expect((await run('list')).out).toContain('disabled');
    expect((await run('disable', 'second')).err).toContain('至少保留一名可用的管理员');
    expect(await run('enable', 'root')).toMatchObject({ code: 0 });
  });

  it('resets, changes and unlocks, and the ledger tells who was given what, by no name', async () => {
    await run('add', 'zhangwei', '--role', 'inspector');
    expect((await run('reset', 'zhangwei', '--drop-second-factor')).out).toMatch(/one-time password/);
    expect((await run('role', 'zhangwei', '--role', 'inspector', '--district', 'east')).code).toBe(0);
    expect((await run('unlock', 'zhangwei')).code).toBe(0);
    expect((await run('rotate-keys')).out).toContain('a new key is in force');
    const store = await openStore({ file: join(dir, 'store.db') });
    const rows = await store.query<Record<string, string>>(
      "SELECT * FROM ledger_entry WHERE chain = 'identity' ORDER BY seq",
    );
    await store.close();
    expect(rows.map(({ kind }) => kind)).toEqual([
      'account.added',
      'account.password-reset',
      'account.changed',
      'account.unlocked',
      'account.keys-rotated',
    ]);
    expect(JSON.stringify(rows)).toContain('command-line');
    expect(JSON.stringify(rows)).not.toContain('zhangwei');
  });
});
