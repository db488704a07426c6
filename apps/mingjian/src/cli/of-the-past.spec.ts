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
`;
const RULESET = `ruleset: test
version: '1'
inForceFrom: 2020-01-01
calendar: office
departments: { housing: { name: 住建局 }, tax: { name: 税务局 } }
items:
  permit:
    name: 许可
    department: housing
    promise: 5wd
    delivery: none
    steps: { review: { name: 审核, limit: 3wd } }
  licence: { name: 登记, department: tax, promise: 5wd, delivery: none }
`;

let count = 0;
const event = (subject: string, type: string, time: string, data: object = {}): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `e${++count}`,
    source: 'urn:test',
    type,
    subject,
    time: `2026-09-${time}+08:00`,
    data,
  });
/** Accepted on Monday 14 September 2026 and reviewed from then to its decision. */
const reviewed = (subject: string, decided: string): string[] => [
  event(subject, 'case.accepted', '14T09:00:00', { item: 'permit' }),
  event(subject, 'step.started', '14T09:00:00', { step: 'review' }),
  event(subject, 'step.finished', decided, { step: 'review' }),
  event(subject, 'case.decided', decided, { result: 'granted' }),
];
const suspended = { ground: '鉴定', notice: '告知 1 号', approver: '王局长', daysApplied: 2 };
const EVENTS = [
  ...reviewed('P-1', '15T10:00:00'),
  ...reviewed('P-2', '17T10:00:00'),
  event('L-1', 'case.accepted', '14T09:00:00', { item: 'licence' }),
  event('L-1', 'case.suspended', '21T16:00:00', suspended),
  event('L-1', 'case.resumed', '23T09:00:00'),
  event('L-1', 'case.decided', '23T10:00:00', { result: 'granted' }),
];

describe('the commands that look at recorded cases', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-past-'));
  const path = (name: string): string => join(dir, name);
  beforeAll(() => {
    writeFileSync(path('c.yaml'), CALENDAR);
    writeFileSync(path('r.yaml'), RULESET);
    writeFileSync(path('e.ndjson'), EVENTS.join('\n'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(command: string[], since = '2026-09-01', until = '2026-09-30') {
    const said = { out: '', err: '' };
    const files = ['--events', path('e.ndjson'), '--ruleset', path('r.yaml'), '--calendar', path('c.yaml')];
    const code = await runCli([...command, ...files, '--since', since, '--until', until], {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => (said.err += text),
      now: () => 0,
    });
    return { code, ...said };
  }

  it('what-if: lights, weekdays and steps under another promise', async () => {
    const { code, out } = await run(['what-if', 'permit', '--promise', '2wd']);
    expect(code).toBe(0);
    expect(out).toBe(`permit promised in 2wd: red 0 (0.0%) → 1 (50.0%) of 2 cases
2 cases would have had other lights
the shortest promise that 90% of the cases keep as they are: 3wd (0 of 2 late, 0 still open)

due on    Mon  Tue  Wed  Thu  Fri  Sat  Sun
as it is    2    0    0    0    0    0    0
2wd         0    0    2    0    0    0    0

working time  cases  median    90%
review            2    9h00  25h00  审核

the longest step is review 审核; 1h00 less of it and 90% of the cases keep 2wd
`);
  });

  it('what-if --json: the same for programs, with the lights of each case', async () => {
    const { out } = await run(['what-if', 'permit', '--promise', '2wd', '--json']);
    const answer = JSON.parse(out) as { red: object; changed: { case: string; after: object[] }[] };
    expect(answer).toMatchObject({ item: 'permit', promise: '2wd', cases: 2, red: { before: 0, after: 1 } });
    expect(answer.changed[1]).toMatchObject({ case: 'P-2' });
    expect(answer.changed[1]?.after).toContainEqual(
      expect.objectContaining({ from: '2026-09-17T00:00:00.000+08:00', light: 'red' }),
    );
  });

  it('what-if: says when nothing need shrink, when it is not enough, and when there is no step', async () => {
    const { out } = await run(['what-if', 'permit', '--promise', '5wd']);
    expect(out).toContain('90% of the cases keep 5wd as they are; the longest step is review 审核\n');
    expect((await run(['what-if', 'licence', '--promise', '1wd'])).out).toContain('has a step\n');
    const nobody = await run(['what-if', 'permit', '--promise', '1wd'], '2026-11-01', '2026-11-02');
    expect(nobody.out).toContain('red 0 (0%) → 0 (0%) of 0 cases\n');
  });

  it('what-if: refuses what is no limit, an item that is not there, and a time that ends before it begins', async () => {
    expect(await run(['what-if', 'permit', '--promise', '3'])).toMatchObject({ code: 64 });
    expect(await run(['what-if', 'other', '--promise', '3wd'])).toMatchObject({
      code: 64,
      err: 'mingjian: no ruleset has item "other"\n',
    });
    const backwards = await run(['what-if', 'permit', '--promise', '3wd'], '2026-09-30', '2026-09-01');
    expect(backwards).toMatchObject({ code: 64, err: 'mingjian: --until is before --since\n' });
    expect(await run(['suspensions'], 'yesterday')).toMatchObject({ code: 64 });
  });

  it('suspensions: a table by department, the worst first', async () => {
    const { code, out } = await run(['suspensions']);
    expect(code).toBe(0);
    expect(out).toBe(`department  decided  just before due  suspended  life, median    90%  extended
tax               1           100.0%     100.0%         15.8%  15.8%      0.0%  税务局
housing           2             0.0%       0.0%             –      –      0.0%  住建局
`);
  });

  it('suspensions --json: the same for programs', async () => {
    const { departments } = JSON.parse((await run(['suspensions', '--json'])).out) as {
      departments: object[];
    };
    expect(departments[0]).toMatchObject({ department: 'tax', decided: 1, lateShare: 1, suspendedShare: 1 });
  });

  it('suspensions: says so where nothing was decided', async () => {
    expect((await run(['suspensions'], '2026-09-24')).out).toBe('no case was decided\n');
  });
});
