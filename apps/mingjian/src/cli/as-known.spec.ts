import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from './program';

const CALENDAR = `calendar: office
timezone: Asia/Shanghai
weekly:
  mon: [['09:00', '17:00']]
  tue: [['09:00', '17:00']]
  wed: [['09:00', '17:00']]
  thu: [['09:00', '17:00']]
  fri: [['09:00', '17:00']]
days:
  - { date: 2026-09-16, off: true, name: 停电, knownSince: 2026-09-22 }
`;
const ruleset = (version: string, promise: string, more: string): string =>
  `ruleset: test\nversion: '${version}'\n${more}calendar: office\nitems: { permit: { name: 许可, promise: ${promise} } }\n`;
const event = (id: string, type: string, time: string, receivedat: string, data: object = {}): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:test',
    type,
    subject: 'C-1',
    time,
    receivedat,
    data,
  });
const EVENTS = [
  event('e1', 'case.accepted', '2026-09-14T10:00:00+08:00', '2026-09-14T10:00:05+08:00', { item: 'permit' }),
  event('e2', 'case.decided', '2026-09-18T10:00:00+08:00', '2026-09-24T09:00:00+08:00', {
    result: 'granted',
  }),
].join('\n');

describe('what was known then, and what is known now', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-known-'));
  const path = (name: string): string => join(dir, name);
  beforeAll(() => {
    writeFileSync(path('c.yaml'), CALENDAR);
    writeFileSync(path('r.yaml'), ruleset('1', '5wd', 'inForceFrom: 2020-01-01\n'));
    writeFileSync(path('r2.yaml'), ruleset('2', '3wd', 'inForceFrom: 2026-09-01\nknownSince: 2026-09-16\n'));
    writeFileSync(path('e.ndjson'), EVENTS);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(command: string[], ...more: string[]) {
    const rulesets = more.includes(path('r2.yaml')) ? [] : ['--ruleset', path('r.yaml')];
    const said = { out: '', err: '' };
    const given = ['--events', path('e.ndjson'), ...rulesets, '--calendar', path('c.yaml')];
    const code = await runCli([...command, ...given, ...more], {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => (said.err += text),
      now: () => 0,
    });
    return { code, ...said };
  }
  const AT = ['--at', '2026-09-22 00:00'];

  it('judge takes what is known now, or with --known-at what was known then', async () => {
    expect((await run(['judge'], ...AT)).out).toContain('green  C-1');
    expect((await run(['judge'], ...AT, '--known-at', '2026-09-21 18:00')).out).toContain('red    C-1');
    expect((await run(['judge'], ...AT, '--known-at', '2026-09-22 00:00')).out).toContain('yellow C-1');
    expect((await run(['judge'], ...AT, '--known-at', '2026-09-01')).out).toContain(
      '0 red, 0 yellow, 0 grey, 0 green',
    );
  });

  it('judge takes the versions of the ruleset known then', async () => {
    const both = ['--ruleset', path('r.yaml'), path('r2.yaml'), '--at', '2026-09-18 09:00', '--json'];
    const due = async (...more: string[]) =>
      (JSON.parse((await run(['judge'], ...both, ...more)).out || '{}') as { dueAt?: string }).dueAt?.slice(
        0,
        10,
      );
    expect(await due()).toBe('2026-09-18');
    expect(await due('--known-at', '2026-09-15')).toBe('2026-09-21');
  });

  it('explain says with --both what has changed, clock by clock, and why', async () => {
    const { code, out } = await run(['explain', 'C-1'], '--at', '2026-09-21 09:00', '--both');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      '办件 C-1：2026-09-21 周一 09:00 的灯',
      '当时所知：▲ 黄灯',
      '现在所知：■ 绿灯',
      '承诺时限（promise）：',
      '  当时  ▲ 黄灯，2026-09-21 周一 24:00 到期',
      '  现在  ■ 绿灯，2026-09-22 周二 24:00 到期',
      '  原因：迟到的事件 e2（case.decided），发生于 2026-09-18 周五 10:00，2026-09-24 周四 09:00 才收到',
      '  原因：工作日历 office 后来公布的安排：2026-09-16，不上班，停电，2026-09-22 起知道',
      '法定时限（statutory）：',
      '  当时  ■ 绿灯，2026-10-12 周一 24:00 到期',
      '  现在  ■ 绿灯，2026-10-13 周二 24:00 到期',
      '  原因：工作日历 office 后来公布的安排：2026-09-16，不上班，停电，2026-09-22 起知道',
      '送达时限（delivery）：',
      '  当时  没有这一计时',
      expect.stringContaining('  现在  ■ 绿灯，'),
      '  原因：迟到的事件 e2（case.decided），发生于 2026-09-18 周五 10:00，2026-09-24 周四 09:00 才收到',
    ]);
  });

  it('explain says so where nothing has changed', async () => {
    const { out } = await run(['explain', 'C-1'], '--at', '2026-09-25 09:00', '--both');
    expect(out).toContain('此后没有改变本办件计时的新情况。');
  });

  it('explain prints both as JSON', async () => {
    const { out } = await run(['explain', 'C-1'], '--at', '2026-09-21 09:00', '--both', '--json');
    expect(JSON.parse(out)).toMatchObject({
      case: 'C-1',
      at: '2026-09-21T09:00:00.000+08:00',
      then: 'yellow',
      now: 'green',
      clocks: [
        {
          clock: 'promise',
          changed: true,
          because: [
            { kind: 'event', id: 'e2', receivedAt: '2026-09-24T09:00:00.000+08:00' },
            { kind: 'calendar-entry', calendar: 'office', entry: { date: '2026-09-16' } },
          ],
        },
        { clock: 'statutory', changed: true },
        { clock: 'delivery', then: null, changed: true },
      ],
    });
  });

  it('explain takes what was known with --known-at, day by day', async () => {
    const { out } = await run(['explain', 'C-1'], ...AT, '--known-at', '2026-09-21');
    expect(out).toContain('红灯');
    const early = await run(['explain', 'C-1'], ...AT, '--known-at', '2026-09-01');
    expect(early.err).toContain('case C-1 has no event up to 2026-09-22 00:00 known at 2026-09-01');
  });

  it('refuses --both with --known-at, and a time that is none', async () => {
    const both = await run(['explain', 'C-1'], ...AT, '--both', '--known-at', '2026-09-21');
    expect(both).toMatchObject({ code: 64, err: expect.stringContaining('leave out --known-at') as string });
    expect((await run(['judge'], ...AT, '--known-at', 'then')).err).toContain('mingjian: --known-at: ');
  });
});
