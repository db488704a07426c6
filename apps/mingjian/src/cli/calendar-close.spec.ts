import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from './program';

const CALENDAR = `# 本局日历
calendar: office
version: 2026-1
timezone: Asia/Shanghai
weekly:
  mon: [['09:00', '17:00']] # 周一
  tue: [['09:00', '17:00']]
  wed: [['09:00', '17:00']]
  thu: [['09:00', '17:00']]
  fri: [['09:00', '17:00']]
days:
  # 国庆
  - date: 2026-10-01
    off: true
`;
const RULESET = `ruleset: test
version: '1'
inForceFrom: 2020-01-01
calendar: office
items:
  permit: { name: 许可, promise: 5wd }
`;
const event = (caseNo: string, department: string, time: string, type = 'case.accepted'): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `${caseNo}-${type}`,
    source: 'urn:test',
    type,
    subject: caseNo,
    time: `${time}+08:00`,
    data: type === 'case.accepted' ? { item: 'permit', department } : { result: 'granted' },
  });
const EVENTS = [
  event('H-1', 'housing', '2026-09-14T10:00:00'),
  event('H-2', 'housing', '2026-09-10T10:00:00'),
  event('H-3', 'housing', '2026-09-14T10:00:00'),
  event('H-3', 'housing', '2026-09-15T10:00:00', 'case.decided'),
  event('M-1', 'market', '2026-09-14T10:00:00'),
].join('\n');
const CLOSE = [
  '--from',
  '2026-09-16',
  '--through',
  '2026-09-18',
  '--name',
  '台风停办',
  '--basis',
  '防汛应急响应',
];
const HOUSING = ['--scope', 'department=housing'];

describe('mingjian calendar close', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-close-'));
  const path = (name: string): string => join(dir, name);
  beforeEach(() => {
    writeFileSync(path('c.yaml'), CALENDAR);
    writeFileSync(path('r.yaml'), RULESET);
    writeFileSync(path('e.ndjson'), EVENTS);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(...args: string[]) {
    const said = { out: '', err: '' };
    const code = await runCli(args, {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => (said.err += text),
      now: () => Date.parse('2026-09-19T10:00:00+08:00'),
    });
    return { code, ...said };
  }
  const close = (...more: string[]) =>
    run('calendar', 'close', '--calendar', path('c.yaml'), ...CLOSE, ...more);
  const cases = (): string[] => ['--events', path('e.ndjson'), '--ruleset', path('r.yaml')];

  it('shows the entry and writes nothing', async () => {
    const { code, out } = await close(...HOUSING);
    expect(out.split('\n').slice(0, 5)).toEqual([
      '+ 2026-09-16 至 2026-09-18，不上班，部门 housing，台风停办，依据：防汛应急响应，2026-09-19 起知道',
      '3 working days less at this place',
      'version 2026-2',
      'no cases asked about: add --events and --ruleset',
      'nothing written: add --write',
    ]);
    expect(code).toBe(0);
    expect(readFileSync(path('c.yaml'), 'utf8')).toBe(CALENDAR);
  });

  it('shows which due instants of open cases move, and which lights change', async () => {
    const { out } = await close(...HOUSING, ...cases(), '--json');
    const { impact } = JSON.parse(out) as {
      impact: {
        open: number;
        changed: { case: string; before: string; after: string; moved: unknown[] }[];
        lights: { changed: { case: string }[] };
      };
    };
    expect(impact.open).toBe(4);
    expect(impact.changed.map(({ case: caseNo, before, after }) => [caseNo, before, after])).toEqual([
      ['H-1', 'yellow', 'green'],
      ['H-2', 'red', 'green'],
      ['H-3', 'green', 'green'],
    ]);
    expect(impact.changed[0]!.moved).toContainEqual({
      clock: 'promise',
      kind: 'promise',
      before: '2026-09-21T23:59:59.999+08:00',
      after: '2026-09-24T23:59:59.999+08:00',
    });
    expect(impact.lights.changed.map(({ case: caseNo }) => caseNo)).toEqual(['H-1', 'H-2']);
    const shown = await close(...HOUSING, ...cases());
    expect(shown.out).toContain('  promise  due 2026-09-21 23:59 → 2026-09-24 23:59');
    expect(shown.out).toContain('3 of 4 open cases at 2026-09-19T10:00:00.000+08:00 change');
  });

  it('writes with --write, in order of date, comments and all', async () => {
    const { out } = await close(...HOUSING, '--scope', 'hall=east', '--known-since', '2026-09-15', '--write');
    expect(out).toContain(`written to ${path('c.yaml')}`);
    const text = readFileSync(path('c.yaml'), 'utf8');
    expect(text).toContain('# 周一');
    expect(text).toContain('version: 2026-2');
    expect(text.indexOf('2026-09-16')).toBeLessThan(text.indexOf('2026-10-01'));
    for (const part of [
      'through: 2026-09-18',
      'department: housing',
      'hall: east',
      'basis: 防汛应急响应',
      'knownSince: 2026-09-15',
    ])
      expect(text).toContain(part);
    const again = await close(...HOUSING, '--scope', 'hall=east');
    expect(again).toMatchObject({ code: 64, err: 'mingjian: calendar office has this closure already\n' });
  });

  it('counts by what it has written', async () => {
    await close(...HOUSING, '--write');
    const judged = [
      'judge',
      '--events',
      path('e.ndjson'),
      '--ruleset',
      path('r.yaml'),
      '--calendar',
      path('c.yaml'),
    ];
    const { out } = await run(...judged, '--at', '2026-09-19 10:00');
    expect(out).toContain('green  H-1');
    const then = await run(...judged, '--at', '2026-09-18 23:00', '--known-at', '2026-09-18 23:00');
    expect(then.out).toContain('yellow H-1');
    // What was known then, looked at for today.
    expect(
      (await run(...judged, '--at', '2026-09-19 10:00', '--known-at', '2026-09-18 10:00')).out,
    ).toContain('red    H-2');
  });

  it.each([
    [['--scope', 'house=1'], '--scope is department=CODE, hall=CODE or district=CODE, not "house=1"'],
    [['--scope', 'hall='], '--scope is department=CODE, hall=CODE or district=CODE, not "hall="'],
    [
      ['--scope', 'hall=a', '--scope', 'hall=b'],
      '--scope names two of one kind: hall a and b; close each by itself',
    ],
    [[...HOUSING, '--through', '2026-09-15'], '--through 2026-09-15 is before --from 2026-09-16'],
    [[...HOUSING, '--known-since', 'now'], '--known-since is a day, written YYYY-MM-DD, not "now"'],
    [
      [...HOUSING, '--ruleset', 'r.yaml'],
      '--events and --ruleset go together: cases, and the rules that judge them',
    ],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await close(...more);
    expect({ code, err }).toEqual({ code: 64, err: `mingjian: ${message}\n` });
  });

  it('needs a scope, a name and a basis', async () => {
    const { code, err } = await close();
    expect(code).toBe(64);
    expect(err).toContain("required option '--scope <place>' not specified");
  });
});
