import { once } from 'node:events';
import { Readable } from 'node:stream';
import { runCli } from '../../apps/mingjian/src/cli/program';
import { OFFICE } from './due-questions';
import { endLeftOver, linesOf, runInProcess, runProduct, spawnProduct, Workspace } from './product';

const RULESET = `
ruleset: test
version: '1'
inForceFrom: 2026-01-01
calendar: office
departments: { housing: { name: 住房和城乡建设局 } }
items:
  A0101:
    name: 施工许可
    department: housing
    promise: 7wd
    delivery: none
    steps: { review: { name: 审核, limit: 2wd } }
`;
const FLAWED = RULESET.replace('department: housing\n', 'department: houses\n').replace('7wd', '30wd');

interface Verdict {
  case: string;
  light: string;
  clocks: Record<string, unknown>[];
  findings: { code: string }[];
}

describe('the command line', () => {
  const workspace = new Workspace();
  const calendar = workspace.write('calendar.json', OFFICE);
  const ruleset = workspace.write('ruleset.yaml', RULESET);
  const event = (id: string, type: string, subject: string, time: string, data: unknown = {}) =>
    JSON.stringify({ specversion: '1.0', id, source: 'urn:dept:housing', type, subject, time, data });
  const LINES = [
    event('1', 'case.accepted', 'C-1', '2026-09-14T16:00:00+08:00', { item: 'A0101' }),
    event('2', 'step.started', 'C-1', '2026-09-15 09:30:00', { step: 'review' }),
    event('3', 'case.accepted', 'C-2', '2026-09-01T02:00:00Z', { item: 'A0101' }),
    event('4', 'case.accepted', 'C-3', '2026-09-14T09:00:00', { item: 'ZZ' }),
    event('5', 'case.accepted', 'C-4', '2026-09-14T09:00:00', { item: 'A0101' }),
    event('6', 'case.decided', 'C-4', '2026-09-16T09:00:00', { result: 'granted' }),
    event('7', 'case.accepted', 'C-5', '2026-10-14T09:00:00', { item: 'A0101' }),
  ];
  const events = workspace.write('events.ndjson', LINES.join('\n'));
  const on = (file: string, rules = ruleset): string[] => [
    ...['--events', file, '--ruleset', rules, '--calendar', calendar, '--at', '2026-09-22T10:00'],
  ];
  afterAll(() => {
    endLeftOver();
    workspace.remove();
  });

  describe('judge', () => {
    it('gives each case known by then on a line, in the shape that other software reads', async () => {
      const { code, out } = await runInProcess(['judge', '--json', ...on(events)]);
      expect(code).toBe(0);
      const verdicts = linesOf<Verdict>(out);
      // C-5 is accepted after the instant of the verdict.
      expect(verdicts.map(({ case: caseNo, light }) => [caseNo, light])).toEqual([
        ['C-1', 'yellow'],
        ['C-2', 'red'],
        ['C-3', 'grey'],
        ['C-4', 'green'],
      ]);
      expect(verdicts[0]).toMatchObject({
        case: 'C-1',
        light: 'yellow',
        clock: 'promise',
        dueAt: '2026-09-22T23:59:59.999+08:00',
        since: '2026-09-21T00:00:00.000+08:00',
      });
      for (const verdict of verdicts) {
        const keys = Object.keys(verdict);
        expect(keys.slice(0, 5)).toEqual(['case', 'light', 'clock', 'dueAt', 'since']);
        expect(keys).toContain('clocks');
      }
      expect(verdicts[0]?.clocks[0]).toEqual({
        clock: 'promise',
        kind: 'promise',
        light: 'yellow',
        phase: 'running',
        limit: '7wd',
        startedAt: '2026-09-14T16:00:00.000+08:00',
        dueAt: '2026-09-22T23:59:59.999+08:00',
        since: '2026-09-21T00:00:00.000+08:00',
        finishedAt: null,
        provisional: false,
      });
      expect(verdicts[2]).toMatchObject({ clock: null, dueAt: null, findings: [{ code: 'DQ-7' }] });
    });

    it('gives people a line each and the sum', async () => {
      const { out } = await runInProcess(['judge', ...on(events)]);
      const lines = out.trim().split('\n');
      expect(lines).toHaveLength(5);
      expect(lines[0]).toMatch(/^▲ yellow C-1 {2}promise {2}due 2026-09-22T23:59:59.999\+08:00/);
      expect(lines[2]).toMatch(/^◌ grey {3}C-3 {2}unknown-item/);
      expect(lines[4]).toBe('1 red, 1 yellow, 1 grey, 1 green');
    });

    it('takes a JSON array, several files and repeated events alike', async () => {
      const whole = await runInProcess(['judge', '--json', ...on(events)]);
      const array = workspace.write('array.json', `[${LINES.slice(0, 5).join(',\n')}]`);
      const rest = workspace.write('rest.ndjson', [...LINES.slice(3)].reverse().join('\n'));
      const split = await runInProcess(['judge', '--json', ...on(array), '--events', array, rest]);
      expect(split.out).toBe(whole.out);
    });

    it('ends with 65 and names file, line and field of every bad event, judging none', async () => {
      const bad = workspace.write(
        'bad.ndjson',
        [...LINES.slice(0, 2), '{"id":', event('9', 'case.decided', 'C-1', 'yesterday')].join('\n'),
      );
      const { code, out, err } = await runInProcess(['judge', '--json', ...on(bad)]);
      expect({ code, out }).toEqual({ code: 65, out: '' });
      const [first, second] = err.trim().split('\n');
      expect(first).toMatch(/bad\.ndjson:3: expected one JSON object a line/);
      expect(second).toMatch(/bad\.ndjson:4: time: expected .* got "yesterday" — write it like/);
    });

    it('ends with 65 where a ruleset has a limit without unit, or names a calendar that is not given', async () => {
      const rules = workspace.write('bad.yaml', RULESET.replace('promise: 7wd', 'promise: 7'));
      const unit = await runInProcess(['judge', ...on(events, rules)]);
      expect(unit.code).toBe(65);
      expect(unit.err).toMatch(/bad\.yaml:11: items\.A0101\.promise: expected .*7wd.* got 7/);
      const named = workspace.write('other.yaml', RULESET.replace('calendar: office', 'calendar: none'));
      const other = await runInProcess(['judge', ...on(events, named)]);
      expect(other.code).toBe(65);
      expect(other.err).toMatch(/other\.yaml.*calendar "none"; known are: office/);
    });

    it('ends with 64 where --at is no time', async () => {
      const { code, err } = await runInProcess(['judge', ...on(events).slice(0, -1), 'soon']);
      expect(code).toBe(64);
      expect(err).toContain('--at: "soon" is no time');
    });
  });

  describe('explain', () => {
    it('says in Chinese which days counted, under which provision, and that they add up', async () => {
      const { code, out } = await runInProcess(['explain', 'C-1', ...on(events)]);
      expect(code).toBe(0);
      expect(out).toMatch(/^办件 C-1 {2}施工许可 {2}住房和城乡建设局\n/);
      expect(out).toContain('截至 2026-09-22 周二 10:00：▲ 黄灯，由承诺时限决定');
      expect(out).toContain('【承诺时限】7 个工作日');
      expect(out).toContain('行政许可法 第四十二条第一款、第八十二条');
      expect(out).toContain('2026-09-20 周日  调休上班（国庆节）  计 1 日');
      expect(out).toContain('2026-09-25 周五  放假（中秋节）  不计');
      expect(out).toContain('合计：期限内计入 7 日');
      expect(out).toContain('【环节时限（审核）】2 个工作日  ● 红灯');
    });

    it('says the same as JSON: verdict, clocks with their days, provision and rule', async () => {
      const { out } = await runInProcess(['explain', 'C-1', '--json', ...on(events)]);
      const explanation = JSON.parse(out) as {
        light: string;
        clocks: {
          clock: string;
          rule: unknown;
          provision: string;
          calendar: unknown;
          ledger: { lines: { amount: number; reason: string }[]; countedUntilDue: number };
        }[];
      };
      expect(explanation).toMatchObject({
        case: 'C-1',
        light: 'yellow',
        at: '2026-09-22T10:00:00.000+08:00',
      });
      const [promise] = explanation.clocks;
      expect(promise).toMatchObject({
        clock: 'promise',
        rule: { key: 'items.A0101.promise', ruleset: 'test', version: '1' },
        calendar: { id: 'office' },
      });
      const counted = promise!.ledger.lines.filter(({ reason }) => reason === 'counted');
      expect(counted.reduce((sum, { amount }) => sum + amount, 0)).toBe(7);
      expect(promise!.ledger.countedUntilDue).toBe(7);
      const [verdict] = linesOf<Verdict>((await runInProcess(['judge', '--json', ...on(events)])).out);
      expect(explanation.light).toBe(verdict?.light);
    });

    it('ends with 64 where no event of the case is known', async () => {
      const { code, err } = await runInProcess(['explain', 'C-9', ...on(events)]);
      expect(code).toBe(64);
      expect(err).toContain('case C-9 has no event up to 2026-09-22T10:00');
    });
  });

  describe('lint', () => {
    it('ends with 0 where there is nothing to say, with 1 and file and line where there is', async () => {
      const fine = await runInProcess(['lint', ruleset, '--calendar', calendar]);
      expect(fine).toMatchObject({ code: 0, out: 'no findings\n' });
      const flawed = workspace.write('flawed.yaml', FLAWED);
      const { code, out } = await runInProcess(['lint', flawed, '--calendar', calendar]);
      expect(code).toBe(1);
      expect(out).toMatch(/flawed\.yaml:10: error unknown-department: items\.A0101\.department: .* — add it/);
      expect(out).toMatch(/flawed\.yaml:11: error promise-over-statutory: items\.A0101\.promise/);
      const json = await runInProcess(['lint', flawed, '--calendar', calendar, '--json']);
      const { findings } = JSON.parse(json.out) as { findings: { code: string; line: number }[] };
      expect(findings.map((finding) => [finding.code, finding.line])).toEqual([
        ['unused-department', 6],
        ['unknown-department', 10],
        ['promise-over-statutory', 11],
      ]);
    });

    it('warns in time that the calendar ends', async () => {
      const { code, out } = await runInProcess(['lint', ruleset, '--calendar', calendar], {
        now: Date.parse('2026-12-01T00:00:00Z'),
      });
      expect(code).toBe(1);
      expect(out).toContain('calendar office is published for 30 more days');
    });
  });

  describe('simulate', () => {
    it('prints the same city for the same seed and another for another', async () => {
      const day = (seed: string) => runInProcess(['simulate', '--seed', seed, '--from', '2026-03-02']);
      const first = await day('a');
      expect(first.code).toBe(0);
      expect(linesOf(first.out).length).toBeGreaterThan(500);
      expect((await day('a')).out).toBe(first.out);
      expect((await day('b')).out).not.toBe(first.out);
    });

    it('prints what was injected with --misconduct', async () => {
      const { code, out } = await runInProcess(['simulate', '--misconduct', '--days', '2']);
      expect(code).toBe(0);
      expect(linesOf(out).length).toBeGreaterThan(0);
    });

    it.each([
      ['a city that is none', ['--city', 'atlantis'], 65, 'expected one of fangchenggang, handan'],
      ['a date that is none', ['--from', '2026-02-30'], 64, 'not "2026-02-30"'],
      ['a year that the city does not know', ['--from', '1800-01-01'], 64, 'not 1800-01-01'],
      ['no whole number of days', ['--days', '0.5'], 64, '--days is a whole number'],
    ])('refuses %s', async (_what, args, expected, says) => {
      const { code, err } = await runInProcess(['simulate', ...args]);
      expect(code).toBe(expected);
      expect(err).toContain(says);
    });

    it('ends quietly when its reader has seen enough', async () => {
      const running = spawnProduct(['simulate', '--days', '30']);
      await once(running.process.stdout!, 'data');
      running.process.stdout!.destroy();
      expect(await running.ended).toMatchObject({ code: 0, err: '' });
    });
  });

  it('ends with 64 for a command that is none, and with 0 for --help', async () => {
    expect(await runInProcess(['frobnicate'])).toMatchObject({ code: 64 });
    expect(await runInProcess([])).toMatchObject({ code: 64 });
    const help = await runInProcess(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const command of ['due', 'judge', 'explain', 'lint', 'simulate', 'start', 'import', 'doctor'])
      expect(help.out).toContain(command);
  });

  it('ends with 70 and the trace of the fault where the fault is ours', async () => {
    const said: string[] = [];
    const code = await runCli(['judge', ...on(events)], {
      stdin: Readable.from([]),
      out: () => Promise.reject(new TypeError('a defect')),
      err: (text) => void said.push(text),
      now: () => 0,
    });
    expect(code).toBe(70);
    expect(said.join('')).toMatch(/a fault of ours: TypeError: a defect\n +at /);
  });

  describe('import and doctor', () => {
    const data = ['--data-dir', workspace.path('data')];
    const offset = (line: string): string => line.replace(/(T\d\d:\d\d:\d\d)"/, '$1+08:00"');

    it('import keeps bad lines in quarantine with file and line, and ends with 1', async () => {
      const file = workspace.write(
        'import.ndjson',
        [offset(LINES[0]!), '{"id":', offset(LINES[5]!)].join('\n'),
      );
      const args = ['import', file, '--mapping', 'step-events', '--judge', '--json', ...data];
      const { code, out } = await runProduct([...args, '--ruleset', ruleset, '--calendar', calendar]);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({
        imported: { records: 3, accepted: 2, quarantined: 1 },
        verdicts: { cases: 2, events: 2 },
      });
      const list = await runProduct(['quarantine', 'list', ...data]);
      expect(list.code).toBe(1);
      expect(list.out).toMatch(/malformed .*import\.ndjson:2: .*\n1 held\n$/);
    });

    it('import ends with 65 where the file or the mapping cannot be read', async () => {
      const noFile = await runProduct([
        'import',
        workspace.path('none'),
        '--mapping',
        'step-events',
        ...data,
      ]);
      expect(noFile.code).toBe(65);
      expect(noFile.err).toContain('expected a file that can be read');
      const noMapping = await runProduct(['import', events, '--mapping', 'none.yaml', ...data]);
      expect(noMapping.code).toBe(65);
      expect(noMapping.err).toContain('none.yaml: expected a mapping file');
    });

    it('doctor finds everything well on a fresh directory, and says what is not and what to do', async () => {
      const env = { MINGJIAN_PORT: '0' };
      const { code, out } = await runProduct(['doctor', '--json', ...data], { env });
      const { checks } = JSON.parse(out) as { checks: { name: string; ok: boolean; advice: string }[] };
      expect(checks.filter(({ name }) => name !== 'rules').every(({ ok }) => ok)).toBe(true);
      expect(code).toBe(checks.every(({ ok }) => ok) ? 0 : 1);
      const broken = await runProduct(['doctor', ...data], {
        env: { ...env, MINGJIAN_RULESETS: workspace.path('none') },
      });
      expect(broken.code).toBe(1);
      expect(broken.out).toMatch(/FAIL rules .*\n +→ correct the files named/);
    });
  });
});
