import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { insertRuleVersion, RowScope } from '@mingjian/store';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'yaml';
import { spawnTypescript } from '../../../../libs/runtime/src/testing/spawn-typescript';
import { startBulletin } from '../../../monitor/src/reports/make-bulletin';
import { scoresOfMonth } from '../../../monitor/src/reports/scores-of-month';
import { statisticsTable } from '../../../monitor/src/reports/statistics-table';
import { at, event, openSite, removeSite, rulesetText, type Site } from '../../../monitor/src/testing/site';
import { runCli } from './program';

const SCHEME = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');
const HOUSING = { item: 'A0101', department: 'housing' };
const NOW = '2026-10-12T09:00';
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/* What this spec guarantees: the command line gives the figures that the API gives, from the same rows, in every format; it says what
   changed since a bulletin, and what was known at a time; and it tells whoever asks wrongly what to write. */
describe('mingjian report', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-10-01T09:00', { settings: { scoreScheme: SCHEME } });
    process.env['MINGJIAN_RULESETS'] = join(site.dir, 'rulesets');
    process.env['MINGJIAN_CALENDARS'] = join(site.dir, 'calendar.yaml');
    process.env['MINGJIAN_SCORE_SCHEME'] = SCHEME;
    await site.receive(
      event('case.accepted', 'C-1', '2026-09-01T10:00', HOUSING),
      event('case.decided', 'C-1', '2026-09-03T10:00', { ...HOUSING, result: 'granted', officer: '=1+1' }),
      event('case.accepted', 'C-2', '2026-09-01T10:00', HOUSING),
      event('case.decided', 'C-2', '2026-09-24T10:00', { ...HOUSING, result: 'granted', officer: 'O-2' }),
    );
    const request = { kind: 'monthly', period: '2026-09', department: null } as const;
    const { done } = await startBulletin(site.monitor.bulletinPorts, request, { id: 'li', name: '李监察员' });
    if (!(await done)) throw new Error('the bulletin could not be made');
    site.clock.moveTo(at('2026-10-10T09:00'));
    await site.receive(
      event(
        'case.decided',
        'C-3',
        '2026-09-29T10:00',
        { ...HOUSING, result: 'granted' },
        { receivedAt: '2026-10-10T09:00' },
      ),
      event('case.accepted', 'C-3', '2026-09-28T10:00', HOUSING, { receivedAt: '2026-10-10T09:00' }),
    );
  }, 120_000);
  afterAll(async () => {
    for (const name of ['RULESETS', 'CALENDARS', 'SCORE_SCHEME']) delete process.env[`MINGJIAN_${name}`];
    await site.close();
    removeSite(site.dir);
  });

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli(['report', ...args, '--data-dir', site.dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => at(NOW),
    });
    return { code, ...said };
  };
  const answered = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  };
  const file = async (name: string, ...args: string[]): Promise<Uint8Array> => {
    const path = join(site.dir, name);
    expect(await answered(...args, '-o', path)).toBe(`${path}\n`);
    return readFileSync(path);
  };

  it('gives programs what the API gives', async () => {
    const rules = site.monitor.rules.current;
    const table = await statisticsTable(
      site.store,
      rules,
      { months: ['2026-08', '2026-09'], by: 'officer', department: 'housing' },
      RowScope.everything,
    );
    expect(table.total.sums).toMatchObject({ accepted: 3, decided: 3, latePromise: 1 });
    const asked = ['--since', '2026-08', '--until', '2026-09', '--by', 'officer', '--department', 'housing'];
    expect(JSON.parse(await answered('statistics', ...asked, '--json'))).toEqual(json(table));
    const now = at(NOW);
    const scores = await scoresOfMonth(site.store, rules, SCHEME, '2026-09', RowScope.everything, now);
    expect(JSON.parse(await answered('scores', '--month', '2026-09', '--format', 'json'))).toEqual(
      json(scores),
    );
  });

  it('gives people the same in Chinese, in columns, with units that had no case', async () => {
    const text = await answered('statistics', '--month', '2026-09');
    expect(text).toContain('2026年9月办件统计（按部门）');
    const line = text.split('\n').find((one) => one.includes('住房和城乡建设局'))!;
    expect(line.trim().split(/ +/).slice(0, 6)).toEqual(['1', '住房和城乡建设局', '3', '3', '0', '3']);
    expect(text).toContain('零办件单位：市场监督管理局。');
    expect(await answered('scores', '--month', '2026-09')).toMatch(/住房和城乡建设局 +扣分 +/);
    expect(await answered('bulletin', '--month', '2026-09')).toContain('本月受理 3 件');
  });

  it('writes CSV that acts in no spreadsheet, a workbook with numbers, and a document', async () => {
    const csv = await answered('statistics', '--month', '2026-09', '--by', 'officer', '--format', 'csv');
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain("\r\n'=1+1,");
    expect(csv).not.toMatch(/(^|,)=1/m);
    const book = unzipSync(await file('s.xlsx', 'statistics', '--month', '2026-09', '--format', 'xlsx'));
    expect(strFromU8(book['xl/worksheets/sheet1.xml']!)).toMatch(/<v>3<\/v>/);
    const docx = await file('b.docx', 'bulletin', '--month', '2026-09', '--format', 'docx');
    const body = strFromU8(unzipSync(docx)['word/document.xml']!);
    expect(body).toContain('关于2026年9月行政效能监察情况的通报');
    expect(body).toContain('未编号，未发布');
  });

  it('says what changed since a bulletin was published, and why', async () => {
    const since = JSON.parse(await answered('bulletin', '--month', '2026-09', '--since', '--json')) as object;
    expect(since).toMatchObject({
      isSame: false,
      cases: [{ caseNo: 'C-3', because: [{ cause: 'late-data', label: '补报数据' }] }],
    });
    const text = await answered('bulletin', '--id', '1', '--since');
    expect(text).toMatch(/受理 +2 +3 +1/);
    expect(text).toMatch(/C-3 +住房和城乡建设局 +补报数据/);
  });

  it('goes by what was approved, as the daemon does, and not by the files alone', async () => {
    const document = parse(rulesetText()) as { departments: { housing: { name: string } } };
    document.departments.housing.name = '住房保障局';
    const [version, inForceFrom] = ['2', '2026-10-11'];
    const approved = {
      ...{ kind: 'ruleset' as const, documentId: 'test', version, inForceFrom, draftId: 1, reason: '更名' },
      ...{ baseDigest: '', digest: 'approved', author: 'zhou', approvedBy: 'wu', approvedByName: '吴' },
      document: JSON.stringify({ ...document, version, inForceFrom }),
      approvedAt: at('2026-10-11T09:00'),
    };
    await site.store.write((transaction) => insertRuleVersion(transaction, approved, []));
    expect(await answered('statistics', '--month', '2026-09')).toContain('住房保障局');
  });

  it('gives a month as it was known at a time, also one that nobody published, and says what from', async () => {
    const asked = ['statistics', '--month', '2026-09', '--known-at', '2026-10-01 09:00'];
    const { code, out, err } = await run(...asked);
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/as known then: 3 of 3 \(100 %\) cases.*\n$/) as string,
    });
    expect(out).toContain('2026年9月办件统计（按部门）（按2026年10月1日09:00所知）');
    const lines = out.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines).toContainEqual(['规则版本', '1（自2020-01-01起施行）']);
    expect(lines).toContainEqual(['日历版本', '1']);
    expect(lines).toContainEqual(['不能按当时还原', expect.stringContaining('便民服务') as string]);
    expect(lines.find(([, name]) => name === '住房和城乡建设局')?.slice(0, 4)).toEqual([
      ...['1', '住房和城乡建设局', '2', '2'],
    ]);
    const figures = JSON.parse((await run(...asked, '--json')).out) as object;
    expect(figures).toMatchObject({
      total: { sums: { accepted: 2, decided: 2 } },
      madeFrom: {
        knownAt: '2026-10-01T01:00:00.000Z',
        ruleset: { version: '1' },
        calendar: { version: '1' },
      },
    });
    const scores = await run('scores', '--month', '2026-09', '--known-at', '2026-09-20');
    expect(scores.out).toContain('2026年9月效能考评（按2026年9月20日00:00所知）');
    expect(scores.out).toContain('考评办法经批准的按批准时刻取用，文件取现行文本');
    const bulletin = await run('bulletin', '--month', '2026-09', '--known-at', '2026-10-01T09:00:00+08:00');
    expect(bulletin.out).toContain('本月受理 2 件');
    expect((await run('bulletin', '--month', '2026-09')).out).toContain('本月受理 3 件');
  });

  it('leaves nothing behind where somebody does not want to wait for it', async () => {
    const child = spawnTypescript(join(__dirname, 'testing/known-at-child.ts'), [
      ...[site.dir, '2026-10-01 09:00', String(at(NOW))],
    ]);
    await child.untilLines(1);
    const folder = child.lines[0]!;
    expect(readdirSync(folder)).toContain('store.db');
    const ended = once(child.process, 'exit');
    child.process.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(existsSync(folder)).toBe(false);
  }, 60_000);

  it('tells whoever asks wrongly what to write', async () => {
    for (const [args, told] of [
      [['statistics'], '--month YYYY-MM'],
      [['statistics', '--month', '2026-13'], '--month YYYY-MM'],
      [['statistics', '--since', '2026-09', '--until', '2026-08'], '--until is before --since'],
      [['statistics', '--month', '2026-09', '--by', 'moon'], '--by: one of month'],
      [['statistics', '--month', '2026-09', '--level', 'town'], '--level goes with --by district'],
      [['scores', '--month', '2026-09', '--department', 'nobody'], 'no such department'],
      [['bulletin', '--month', '2026-11'], 'has not begun'],
      [['bulletin', '--month', '2026-08', '--since'], 'no bulletin of 2026-08 has been published'],
      [['bulletin', '--id', '99'], 'no bulletin has the id 99'],
      [['statistics', '--month', '2026-09', '--format', 'docx'], '-o FILE'],
      [['statistics', '--month', '2026-09', '--format', 'pdf'], 'one of text, json'],
      [['statistics', '--month', '2026-09', '-o', '/no/such/dir/x'], 'cannot be written'],
      [['statistics', '--month', '2026-09', '--known-at', '2026-10-13'], 'still to come'],
      [['statistics', '--month', '2026-09', '--known-at', 'noon'], '--known-at'],
      [['bulletin', '--month', '2026-09', '--since', '--known-at', '2026-10-01'], 'leave out --known-at'],
      [['bulletin', '--month', '2026-10', '--known-at', '2026-09-30'], 'has not begun'],
      [['weather'], 'the reports are statistics, scores, bulletin'],
    ] as const) {
      const { code, err } = await run(...args);
      expect({ args, code, err }).toEqual({ args, code: 64, err: expect.stringContaining(told) as string });
    }
  });
});
