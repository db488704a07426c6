import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { enqueueNotices, openStore } from '@mingjian/store';
import { runCli } from './program';

const NOW = Date.parse('2026-09-22T10:00:00+08:00');
const EXAMPLE = join(__dirname, '../../../../recipients/demo-city/recipients.yaml');
const RULES = [
  '--ruleset',
  join(__dirname, '../../../../rulesets/demo-city'),
  '--calendar',
  join(__dirname, '../../../../rulesets/calendars'),
];

describe('mingjian notify', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-notify-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli(['notify', ...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => NOW,
    });
    return { code, ...said };
  };

  it('previews who would be told of a red light, when and in which words, and needs no secret for it', async () => {
    const red = await run(
      'preview',
      EXAMPLE,
      ...RULES,
      '--department',
      'housing',
      '--grade',
      'red',
      '--json',
    );
    expect(red).toMatchObject({ code: 0, err: '' });
    const messages = red.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(messages.map(({ recipient, channel }) => `${recipient} ${channel}`)).toEqual([
      'housing-window mail',
      'housing-head mail',
      'housing-head sms',
      'supervisor sms',
      'inspection-office mail',
      'inspection-office platform',
    ]);
    expect(messages[2]!.text).toMatch(
      /^【明鉴】红灯：办件示例办件（.*）承诺时限.*已超过时限，已被监察，请及时办理并反馈。$/,
    );
    expect(messages[0]!.deliverAt).toBe('2026-09-22T10:00:00.000+08:00');
  });

  it('previews the deputy while the head is away, and the digest of yellow', async () => {
    const away = await run(
      'preview',
      EXAMPLE,
      ...RULES,
      '--department',
      'housing',
      '--at',
      '2026-10-02T10:00:00+08:00',
    );
    expect(away.out).toContain('住建局副职');
    expect(away.out).not.toContain('住建局负责人');
    const yellow = await run('preview', EXAMPLE, ...RULES, '--department', 'housing', '--grade', 'yellow');
    expect(yellow.out).toContain('department-head  住建局负责人  mail  2026-09-23T08:30:00.000+08:00');
  });

  it('names the line of what is wrong in a document', async () => {
    const bad = join(dir, 'bad.yaml');
    writeFileSync(
      bad,
      'recipients: x\nversion: "1"\nchannels: {}\npeople:\n  a: { name: a, roles: [king], via: {} }\n',
    );
    expect(await run('preview', bad, ...RULES)).toMatchObject({
      code: 65,
      err: expect.stringContaining('bad.yaml:5: people.a.roles.0: expected one of post') as string,
    });
  });

  it('lists what is held, and lets it go with a reason that goes on record', async () => {
    const store = await openStore({ file: join(dir, 'store.db') });
    await store.write((transaction) =>
      enqueueNotices(
        transaction,
        [
          {
            key: 'light/C-1',
            kind: 'light',
            grade: 'red',
            department: 'housing',
            subject: 'C-1',
            facts: {},
            at: NOW,
            shard: 0,
            mutedBecause: 'rule',
          },
        ],
        NOW,
      ),
    );
    await store.close();
    expect(await run('held')).toMatchObject({ code: 1, out: 'muted  rule  red  1\n' });
    expect((await run('release', '--reason', 'rule')).code).toBe(64);
    const released = await run('release', '--reason', 'rule', '--as', 'discard', '--because', '规则试运行');
    expect(released).toMatchObject({ code: 0, out: '1 notices: discard\n' });
    expect(await run('held')).toMatchObject({ code: 0, out: 'nothing\n' });
    expect(await run('dead')).toMatchObject({ code: 0 });
    expect(await run('unacknowledged')).toMatchObject({ code: 0 });
    expect(await run('fly')).toMatchObject({ code: 64 });
  });
});
