import { join } from 'node:path';
import { DUE_QUESTIONS, NEW_YORK, OFFICE, OFFICE_YAML, type DueQuestion } from './due-questions';
import { linesOf, ROOT, runInProcess, runProduct, Workspace } from './product';

describe('mingjian due', () => {
  const workspace = new Workspace();
  const files = {
    office: workspace.write('office.yaml', OFFICE_YAML),
    ny: workspace.write('ny.json', NEW_YORK),
  };
  const officeJson = workspace.write('office.json', OFFICE);
  const bothCalendars = ['--calendar', files.office, '--calendar', files.ny];
  afterAll(() => workspace.remove());

  const argsOf = ({ calendar, from, limit, direction, pauses = [] }: DueQuestion): string[] => [
    ...['due', '--calendar', files[calendar], '--from', from, '--limit', limit, '--json'],
    ...(direction ? ['--direction', direction] : []),
    ...pauses.flatMap(([a, b]) => ['--pause', `${a}/${b ?? ''}`]),
  ];

  it.each(DUE_QUESTIONS.map((question) => [`${question.limit} from ${question.from}`, question] as const))(
    'answers %s',
    async (_name, question) => {
      const { code, out, err } = await runInProcess(argsOf(question));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { dueAt, provisional = false } = question;
      const { range, ...answer } = JSON.parse(out) as { range?: string[] };
      expect(answer).toEqual({ dueAt, provisional });
      expect(range !== undefined).toBe(provisional);
    },
  );

  it('answers the same questions as NDJSON, in their order, from a calendar written as JSON', async () => {
    const input = DUE_QUESTIONS.map((question, id) => {
      const { calendar, from, limit, direction, pauses } = question;
      return JSON.stringify({ id, op: 'due', calendar, from, limit, direction, pauses });
    }).join('\n');
    const { code, out } = await runProduct(
      ['due', '--stdin', '--calendar', officeJson, '--calendar', files.ny],
      { input },
    );
    expect(code).toBe(0);
    expect(linesOf(out)).toEqual(
      DUE_QUESTIONS.map(({ dueAt, provisional = false }, id) => ({ id, dueAt, provisional })),
    );
  });

  it('prints the instant for people, and says what is provisional', async () => {
    const args = ['due', '--calendar', files.office, '--limit', '7wd', '--from'];
    expect((await runInProcess([...args, '2026-09-14T16:00'])).out).toBe('2026-09-22T23:59:59.999+08:00\n');
    expect((await runInProcess([...args, '2026-12-28T10:00'])).out).toMatch(/^2027-01-06T23.*provisional/);
    const open = await runInProcess([...args, '2026-09-14T16:00', '--pause', '2026-09-15T09:00/']);
    expect(open.out).toContain('suspended');
  });

  it('lists the days with --explain, and they add up to the limit', async () => {
    const args = ['due', '--calendar', files.office, '--from', '2026-09-14T16:00', '--limit', '7wd'];
    const text = (await runInProcess([...args, '--explain'])).out;
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^2026-09-14 周一 .*期间开始之日不计入/),
      expect.stringMatching(/^2026-09-15 周二 .*累计 1 日/),
      expect.stringMatching(/^2026-09-16 /),
      expect.stringMatching(/^2026-09-17 /),
      expect.stringMatching(/^2026-09-18 /),
      expect.stringMatching(/^2026-09-19 周六 {2}休息日 {2}不计/),
      expect.stringMatching(/^2026-09-20 周日 {2}调休上班（国庆节） {2}计 1 日/),
      expect.stringMatching(/^2026-09-21 /),
      expect.stringMatching(/^2026-09-22 周二 .*累计 7 日/),
      '2026-09-22T23:59:59.999+08:00',
      '',
    ]);
    const json = JSON.parse((await runInProcess([...args, '--explain', '--json'])).out) as {
      total: number;
      days: { amount: number; total: number }[];
    };
    expect(json.total).toBe(7);
    expect(json.days.reduce((sum, { amount }) => sum + amount, 0)).toBe(7);
  });

  it('tells the working time between two instants with --to', async () => {
    const args = ['due', '--calendar', files.office, '--from', '2026-09-14T16:00', '--to'];
    const { out } = await runInProcess([...args, '2026-09-16T09:30', '--json']);
    expect(JSON.parse(out)).toEqual({ workingMs: 8 * 3_600_000, workingDays: 2 });
    expect((await runInProcess([...args, '2026-09-16T09:30'])).out).toBe('2 working days, 8 working hours\n');
  });

  it('answers elapsed and open, backwards in time too', async () => {
    const records = [
      { id: 'a', op: 'elapsed', calendar: 'office', from: '2026-09-14T16:00', to: '2026-09-22T10:00' },
      { id: 'b', op: 'elapsed', calendar: 'office', from: '2026-09-14T16:00', to: '2026-09-10T09:00' },
      { id: 'c', op: 'open', calendar: 'office', at: '2026-09-14T12:00' },
      { id: 'd', op: 'open', calendar: 'office', at: '2026-09-20T09:00' },
      { id: 'e', op: 'open', calendar: 'ny', at: '2026-09-14T13:30:00Z' },
    ];
    const input = records.map((record) => JSON.stringify(record)).join('\n');
    const { code, out } = await runInProcess(['due', '--stdin', ...bothCalendars], { input });
    expect(code).toBe(0);
    expect(linesOf(out)).toEqual([
      // 1 h, four days and the make-up day and Monday of 6.5 h, 1 h.
      { id: 'a', workingMs: 41 * 3_600_000, workingDays: 7 },
      { id: 'b', workingMs: 0, workingDays: -2 },
      { id: 'c', open: false, workingDay: true },
      { id: 'd', open: true, workingDay: true },
      { id: 'e', open: true, workingDay: true },
    ]);
  });

  it('answers a bad line with what is wrong with it, goes on, and ends with 1', async () => {
    const lines = [
      'nope',
      '{"id":1,"calendar":"office","from":"yesterday","limit":"7wd"}',
      '{"id":2,"calendar":"office","from":"2026-09-14","limit":"7 days"}',
      '{"id":3,"calendar":"mars","from":"2026-09-14","limit":"7wd"}',
      '{"id":4,"from":"2026-09-14","limit":"7wd"}',
      '{"id":5,"calendar":"office","from":"2026-09-14","limit":"7wd","pausees":[]}',
      '{"id":6,"calendar":"office","from":"2026-09-14","limit":"9999999wd"}',
      '{"id":7,"calendar":"office","from":"2026-02-30","limit":"7wd"}',
      '[]',
      '{"id":8,"calendar":"office","from":"2026-09-14T16:00","limit":"7wd"}',
    ];
    const { code, out } = await runInProcess(['due', '--stdin', ...bothCalendars], {
      input: lines.join('\n'),
    });
    expect(code).toBe(1);
    const answers = linesOf<{ id: unknown; error?: { code: string; message: string }; dueAt?: string }>(out);
    expect(answers.map(({ id, error, dueAt }) => [id, error?.code ?? dueAt])).toEqual([
      [null, 'bad-json'],
      [1, 'bad-instant'],
      [2, 'bad-limit'],
      [3, 'unknown-calendar'],
      [4, 'unknown-calendar'],
      [5, 'bad-record'],
      [6, 'out-of-range'],
      [7, 'bad-instant'],
      [null, 'bad-record'],
      [8, '2026-09-22T23:59:59.999+08:00'],
    ]);
    expect(answers[3]?.error?.message).toBe('calendar: expected one of office, ny, got mars');
  });

  const single = ['due', '--calendar', files.office];
  it.each<[what: string, args: string[], says: string]>([
    ['no start', [...single, '--limit', '7wd'], '--from is needed'],
    ['neither limit nor end', [...single, '--from', '2026-09-14'], 'give either --limit'],
    ['a limit without unit', [...single, '--from', '2026-09-14', '--limit', '7'], '"7" is no limit'],
    ['no time', [...single, '--from', 'soon', '--limit', '7wd'], '"soon" is no time'],
    [
      'a bad direction',
      [...single, '--from', '2026-09-14', '--limit', '7wd', '--direction', 'up'],
      'not "up"',
    ],
    [
      'beyond all calendars',
      [...single, '--from', '2026-09-14', '--limit', '9999999wd'],
      'before the year 2400',
    ],
    ['an unknown option', [...single, '--form', '2026-09-14'], "unknown option '--form'"],
    ['no calendar', ['due', '--from', '2026-09-14', '--limit', '7wd'], '--calendar'],
  ])('ends with 64 where the command line has %s', async (_what, args, says) => {
    const { code, out, err } = await runInProcess(args);
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(err).toContain(says);
  });

  it.each<[what: string, text: string, says: RegExp]>([
    ['an unknown key', OFFICE_YAML.replace('publishedThrough', 'publishedTrough'), /:\d+: .*publishedTrough/],
    ['a zone that is none', OFFICE_YAML.replace('Asia/Shanghai', 'Asia/Peking'), /:3: timezone: .*IANA/],
    [
      'a day that is nothing',
      OFFICE_YAML.replace('off: true, name: 中秋节', 'off: maybe'),
      /:12: days\.1: .*exactly one of/,
    ],
    ['a date that is none', OFFICE_YAML.replace('2026-09-25', '2026-09-31'), /:12: days\.1.*/],
    ['broken YAML', 'calendar: [', /:\d+: expected well-formed YAML or JSON/],
  ])('ends with 65 and names file, line and field where a calendar has %s', async (_what, text, says) => {
    const file = workspace.write('bad.yaml', text);
    const { code, out, err } = await runInProcess([
      ...['due', '--calendar', file, '--from', '2026-09-14', '--limit', '7wd'],
    ]);
    expect({ code, out }).toEqual({ code: 65, out: '' });
    expect(err).toContain(file);
    expect(err).toMatch(says);
  });

  it('ends with 65 where the calendar is not there', async () => {
    const missing = await runInProcess(['due', '--calendar', join(ROOT, 'none.yaml'), '--from', 'x']);
    expect(missing.code).toBe(65);
    expect(missing.err).toContain('none.yaml: expected a file that can be read');
  });
});
