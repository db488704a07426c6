import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import { runCli } from './program';

const CALENDAR = `# 本局日历
calendar: cn
version: 2026-1
timezone: Asia/Shanghai
weekly:
  mon: [['09:00', '17:00']] # 周一
  tue: [['09:00', '17:00']]
  wed: [['09:00', '17:00']]
  thu: [['09:00', '17:00']]
  fri: [['09:00', '17:00']]
publishedThrough: 2026-12-31
days:
  # 国庆
  - date: 2026-10-01
    off: true
    name: 国庆节
  - date: 2028-03-04
    work: true
    name: 本地调休
`;
/** Invented: the notice of 2027 is not out. 13 statutory holidays, and four weekdays off that four weekend days make up for. */
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
`;

describe('mingjian calendar import', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-notice-'));
  const path = (name: string): string => join(dir, name);
  afterAll(() => rmSync(dir, { recursive: true }));

  async function run(notice: string, ...more: string[]) {
    writeFileSync(path('notice.txt'), notice);
    if (!existsSync(path('cn.yaml'))) writeFileSync(path('cn.yaml'), CALENDAR);
    const said = { out: '', err: '' };
    const given = ['--notice', 'https://example.cn/2027', '--known-since', '2026-11-04'];
    const args = ['calendar', 'import', path('notice.txt'), '--calendar', path('cn.yaml'), ...given, ...more];
    const code = await runCli(args, {
      stdin: Readable.from([]),
      out: (text) => Promise.resolve(void (said.out += text)),
      err: (text) => void (said.err += text),
      now: () => 0,
    });
    const relative = (text: string): string => text.replaceAll(`${dir}/`, '');
    return { code, out: relative(said.out), err: relative(said.err) };
  }

  it('shows the difference and the checks, and writes nothing', async () => {
    const { code, out } = await run(NOTICE);
    const lines = out.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'notice of the year 2027',
      '+ 2027-01-01 周五 off 元旦',
      '+ 2027-01-30 周六 worked 春节',
    ]);
    expect(lines.slice(-5)).toEqual([
      'published through 2027-12-31',
      'version 2027-1',
      '21 added, 0 changed; 2027 has 248 working days',
      'no findings',
      'nothing written: add --write FILE',
    ]);
    expect(code).toBe(0);
    expect(readFileSync(path('cn.yaml'), 'utf8')).toBe(CALENDAR);
  });

  it('writes the calendar with the notice in it, comments and all', async () => {
    const { code } = await run(NOTICE, '--write', path('out.yaml'));
    const text = readFileSync(path('out.yaml'), 'utf8');
    const written = parseYamlDocument(text, 'out.yaml', CalendarDocument);
    expect(code).toBe(0);
    expect(text.startsWith('# 本局日历\ncalendar: cn\nversion: 2027-1\n')).toBe(true);
    expect(text).toContain("  mon: [['09:00', '17:00']] # 周一\n");
    expect(text).toContain('  # 国庆\n  - date: 2026-10-01\n');
    expect(text).toContain(
      '  - date: 2027-01-01\n    off: true\n    name: 元旦\n    notice: https://example.cn/2027\n    knownSince: 2026-11-04\n',
    );
    expect(written.publishedThrough).toBe('2027-12-31');
    expect(written.days.map(({ date }) => date)).toEqual(written.days.map(({ date }) => date).sort());
  });

  it('shows once written what a second import and an amendment change', async () => {
    const again = ['--calendar', path('out.yaml')];
    expect((await run(NOTICE, ...again)).out).toBe(
      'notice of the year 2027\n0 added, 0 changed; 2027 has 248 working days\nno findings\nnothing written: add --write FILE\n',
    );
    const amendment =
      '国务院办公厅关于调整2027年劳动节假期安排的通知\n一、4月25日（星期日）放假，4月24日（星期六）上班。';
    const { code, out } = await run(
      amendment,
      ...again,
      '--known-since',
      '2027-04-01',
      '--write',
      path('2.yaml'),
    );
    expect(out).toBe(`amendment of the year 2027
+ 2027-04-24 周六 worked 劳动节
~ 2027-04-25 周日 off 劳动节, was worked
version 2027-2
1 added, 1 changed; 2027 has 248 working days
no findings
written to 2.yaml
`);
    expect(code).toBe(0);
    expect(parseYamlDocument(readFileSync(path('2.yaml'), 'utf8'), '', CalendarDocument).days).toHaveLength(
      25,
    );
  });

  it('ends with 1 where a check finds something, and says what', async () => {
    const cut = await run(NOTICE.replace('4月25日（周日）上班。', '').replace('共7天', '共8天'), '--json');
    const answer = JSON.parse(cut.out) as { findings: { code: string }[] };
    expect(cut.code).toBe(1);
    expect(answer).toMatchObject({ year: 2027, kind: 'annual', workingDays: 247, written: null });
    expect(answer.findings.map(({ code }) => code)).toEqual(['days-said', 'make-up-balance']);
  });

  it('refuses a notice that it cannot read whole, and writes nothing of it', async () => {
    const wrong = NOTICE.replace('1月30日（周六）', '1月30日（周日）').replace('9月15日', '9月31日');
    expect(await run(wrong, '--write', path('wrong.yaml'))).toEqual({
      code: 65,
      out: '',
      err:
        'notice.txt:3: 春节: expected 星期六 for 2027-01-30, got 周日 — date, weekday or year is wrong\n' +
        'notice.txt:7: 中秋节: expected a date that exists, got 9月31日 (2027-09-31) — correct the date\n',
    });
    expect(existsSync(path('wrong.yaml'))).toBe(false);
  });

  it.each([
    [['--known-since', '2026-02-30'], '--known-since is a day, written YYYY-MM-DD, not "2026-02-30"'],
    [['--year', '27'], '--year is a year such as 2027, not "27"'],
  ])('refuses %j', async (more, message) => {
    expect(await run(NOTICE, ...more)).toEqual({ code: 64, out: '', err: `mingjian: ${message}\n` });
  });

  it('leaves nothing behind where it cannot write', async () => {
    mkdirSync(path('taken'));
    const { code, err } = await run(NOTICE, '--write', path('taken'));
    expect([code, err.slice(0, 32)]).toEqual([64, 'mingjian: --write taken: EISDIR:']);
    expect(readdirSync(dir).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('writes a calendar in JSON as JSON', async () => {
    const { days, ...calendar } = parseYamlDocument(CALENDAR, '', CalendarDocument);
    writeFileSync(path('cn.json'), JSON.stringify(calendar));
    await run(NOTICE, '--calendar', path('cn.json'), '--write', path('out.json'));
    const written = JSON.parse(readFileSync(path('out.json'), 'utf8'));
    expect(days).toHaveLength(2);
    expect(written.days).toHaveLength(21);
    expect(written.days[0]).toEqual({
      date: '2027-01-01',
      off: true,
      name: '元旦',
      notice: 'https://example.cn/2027',
      knownSince: '2026-11-04',
    });
  });
});
