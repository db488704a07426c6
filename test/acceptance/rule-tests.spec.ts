import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { ROOT, runInProcess, Workspace } from './product';

const SCENARIOS = join(ROOT, 'rulesets/scenarios');
const RULES = join(SCENARIOS, 'rules.yaml');
const CALENDAR = join(ROOT, 'rulesets/calendars/cn.yaml');
const TWENTY_DAYS = 'permit-law-42-twenty-working-days.scenario.yaml';

/** A scenario of the product with absolute paths, changed. */
function changed(from: RegExp | string, to: string): string {
  return readFileSync(join(SCENARIOS, TWENTY_DAYS), 'utf8')
    .replace('ruleset: rules.yaml', `ruleset: ${RULES}`)
    .replace('calendar: ../calendars/cn.yaml', `calendar: ${CALENDAR}`)
    .replace(from, to);
}

describe('mingjian test', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  it('says ok and ends with 0 where everything holds', async () => {
    const file = join(SCENARIOS, TWENTY_DAYS);
    const { code, out } = await runInProcess(['test', file]);
    expect(code).toBe(0);
    expect(out).toContain(
      `ok    ${file}  二十个工作日内作出决定（行政许可法 第四十二条第一款；第八十二条）\n`,
    );
    expect(out).toContain('1 scenarios, 1 ok, 0 failed; 11 statements compared\n');
  });

  it('names file, line, instant, what was expected and what was found, and ends with 1', async () => {
    const file = workspace.write('late.scenario.yaml', changed('dueAt: 2026-10-16', 'dueAt: 2026-10-15'));
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('10-15')) + 1;
    const { code, out } = await runInProcess(['test', file, join(SCENARIOS, TWENTY_DAYS)]);
    expect(code).toBe(1);
    expect(out).toContain(
      `FAIL  ${file}  二十个工作日内作出决定（行政许可法 第四十二条第一款；第八十二条）\n` +
        `        ${file}:${line}: 2026-10-11 23:59:59.999: dueAt: ` +
        'expected 2026-10-15 23:59:59.999+08:00, found 2026-10-16 23:59:59.999+08:00\n',
    );
    expect(out).toContain('2 scenarios, 1 ok, 1 failed');
  });

  it.each([
    ['a light that is none', 'light: green', 'light: blue', /:\d+: expect\.0\.light: expected one of red/],
    [
      'a day that does not exist',
      '2026-09-14 10:00',
      '2026-09-31 10:00',
      /:\d+: events\.0\.at: expected a day that exists/,
    ],
    ['an unknown field', 'clock: statutory', 'clok: statutory', /expected no unknown key \(clok\)/],
    ['a ruleset that is not there', RULES, `${RULES}.gone`, /expected a file that can be read/],
    [
      'an extension without days',
      'type: case.accepted',
      'type: case.extended',
      /:\d+: events\.0\.data\.days: expected a value/,
    ],
  ])('refuses %s with 65, by file and line, before any test has run', async (_, from, to, message) => {
    const file = workspace.write('bad.scenario.yaml', changed(from, to));
    const { code, out, err } = await runInProcess(['test', join(SCENARIOS, TWENTY_DAYS), file]);
    expect({ code, out }).toEqual({ code: 65, out: '' });
    expect(err).toMatch(message);
  });

  it('names the line of a mistake within rules that stand in the scenario', async () => {
    const rules =
      "\n  ruleset: r\n  version: '1'\n  inForceFrom: 2020-01-01\n  calendar: cn\n  items:\n    statutory: { name: 甲, promise: 7 }";
    const file = workspace.write('inline.scenario.yaml', changed(RULES, rules));
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('promise: 7')) + 1;
    const { code, err } = await runInProcess(['test', file]);
    expect(code).toBe(65);
    expect(err).toContain(`${file}:${line}: ruleset.items.statutory.promise: expected a limit such as 7wd`);
  });

  it('does not pass where there is nothing to test', async () => {
    const empty = new Workspace();
    const { code, err } = await runInProcess(['test', empty.dir]);
    empty.remove();
    expect(code).toBe(65);
    expect(err).toContain('expected files that end in .scenario.yaml');
  });
});

describe('mingjian backtest', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  const event = (subject: string, type: string, time: string, data: object = {}): string =>
    JSON.stringify({
      specversion: '1.0',
      id: `${subject}-${type}`,
      source: 'urn:t',
      type,
      subject,
      time,
      data,
    });
  const events = workspace.write(
    'events.ndjson',
    [
      event('quick', 'case.accepted', '2026-09-14T10:00:00+08:00', { item: 'A', department: 'housing' }),
      event('quick', 'case.decided', '2026-09-15T10:00:00+08:00', { result: 'refused' }),
      event('slow', 'case.accepted', '2026-09-14T10:00:00+08:00', { item: 'A', department: 'housing' }),
      event('slow', 'case.decided', '2026-09-21T10:00:00+08:00', { result: 'refused' }),
    ].join('\n'),
  );
  const rules = (version: string, promise: string, inForceFrom: string): string =>
    workspace.write(`${version}.yaml`, {
      ruleset: 'r',
      version,
      inForceFrom,
      calendar: 'cn',
      items: { A: { name: '甲', promise } },
    });
  const seven = rules('1', '7wd', '2020-01-01');
  const three = rules('2', '3wd', '2027-01-01');
  const args = ['backtest', '--calendar', CALENDAR, '--events', events, '--since', '2026-09-01'];

  it('lists the cases that would have had other lights under rules not yet in force', async () => {
    const { code, out } = await runInProcess([
      ...args,
      '--from',
      seven,
      '--to',
      three,
      '--until',
      '2026-09-30',
    ]);
    expect(code).toBe(0);
    expect(out).toBe(
      'slow  housing  A\n' +
        '  before  2026-09-14 10:00 green → 2026-09-21 00:00 yellow by promise → 2026-09-21 10:00 green\n' +
        '  after   2026-09-14 10:00 green → 2026-09-16 00:00 yellow by promise → 2026-09-18 00:00 red by promise\n' +
        'department housing: 1 of 2 cases changed; red 0 → 1, yellow 1 → 1, grey 0 → 0\n' +
        'item A: 1 of 2 cases changed; red 0 → 1, yellow 1 → 1, grey 0 → 0\n' +
        'all: 1 of 2 cases changed; red 0 → 1, yellow 1 → 1, grey 0 → 0\n',
    );
  });

  it('says the same as JSON', async () => {
    const { out } = await runInProcess([
      ...args,
      '--from',
      seven,
      '--to',
      three,
      '--until',
      '2026-09-30',
      '--json',
    ]);
    expect(JSON.parse(out)).toMatchObject({
      changed: [
        {
          case: 'slow',
          department: 'housing',
          item: 'A',
          after: [
            {},
            {},
            { from: '2026-09-18T00:00:00.000+08:00', light: 'red', dueAt: '2026-09-17T23:59:59.999+08:00' },
          ],
        },
      ],
      byItem: [{ code: 'A', cases: 2, changed: 1, red: { before: 0, after: 1 } }],
      promise: null,
    });
  });

  it('compares two calendars under one ruleset', async () => {
    const text = readFileSync(CALENDAR, 'utf8').replace(
      'days:\n',
      'days:\n  - { date: 2026-09-18, off: true }\n',
    );
    const other = workspace.write('other.yaml', text);
    const calendars = ['--to-calendar', other, '--until', '2026-09-30'];
    const { code, out } = await runInProcess([...args, '--from', seven, '--to', seven, ...calendars]);
    expect(code).toBe(0);
    // One working day fewer: due on the 23rd, yellow from the 22nd, decided before.
    expect(out).toContain('  after   2026-09-14 10:00 green\n');
  });

  it('finds the shortest promise that keeps late cases under a share', async () => {
    const ask = async (rate: string): Promise<string> => {
      const question = ['--until', '2026-09-30', '--promise-for', 'A', '--rate', rate];
      const { out } = await runInProcess([...args, '--from', seven, '--to', seven, ...question]);
      return out.split('\n').at(-2) ?? '';
    };
    expect(await ask('0%')).toBe(
      'A: 6wd is the shortest promise with at most 0% late (0 of 2 cases late, 0 still open)',
    );
    expect(await ask('50%')).toBe(
      'A: 1wd is the shortest promise with at most 50% late (1 of 2 cases late, 0 still open)',
    );
  });

  it.each([
    [['--until', '2026-08-01'], '--until is before --since'],
    [['--until', 'tomorrow'], '--until: "tomorrow" is no time'],
    [['--until', '2026-09-30', '--rate', '5%'], 'go together'],
    [['--until', '2026-09-30', '--promise-for', 'A', '--rate', '5'], '--rate is a share such as 5%'],
    [['--until', '2026-09-30', '--promise-for', 'Z', '--rate', '5%'], 'has item "Z"'],
  ])('refuses %j as bad usage', async (more, message) => {
    const { code, err } = await runInProcess([...args, '--from', seven, '--to', three, ...more]);
    expect(code).toBe(64);
    expect(err).toContain(message);
  });
});
