import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { accepted, at, event, openSite, removeSite, type Site } from '../../../monitor/src/testing/site';
import { runCli } from './program';

/* What this spec guarantees: ratings and appeals against them at the command line are those of the API, from the same rows, and of what
   the account may see; whoever asks wrongly is told what to write. */
describe('mingjian rating', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-09-16T09:00', { partitions: 8 });
    process.env['MINGJIAN_RULESETS'] = join(site.dir, 'rulesets');
    process.env['MINGJIAN_CALENDARS'] = join(site.dir, 'calendar.yaml');
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.rated', 'C-1', '2026-09-15T10:00', { grade: 1, realName: true }, { id: 'bad' }),
      event('case.rated', 'C-1', '2026-09-15T11:00', { grade: 4 }, { id: 'good' }),
    );
    await run('user', 'add', 'li', '--role', 'inspector');
    await run('user', 'add', 'wang', '--role', 'department-head', '--department', 'housing');
    await run('user', 'add', 'sun', '--role', 'department-head', '--department', 'market');
  }, 120_000);
  afterAll(async () => {
    for (const name of ['RULESETS', 'CALENDARS']) delete process.env[`MINGJIAN_${name}`];
    await site.close();
    removeSite(site.dir);
  });

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli([...args, '--data-dir', site.dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => at('2026-09-17T10:00'),
    });
    return { code, ...said };
  };
  const file = (name: string, text: string): string => {
    writeFileSync(join(site.dir, name), text);
    return join(site.dir, name);
  };

  it('lists what the account may see, and what waits for an answer', async () => {
    const all = (await run('rating', 'list', '--by', 'li')).out.trimEnd().split('\n');
    expect(all).toHaveLength(2);
    expect(all[1]).toMatch(/1 非常不满意 +named +housing +C-1 +call overdue +correction waits/);
    const late = await run('rating', 'list', '--by', 'wang', '--waiting', 'contact', '--overdue', '--json');
    expect(JSON.parse(late.out)).toMatchObject({
      ratings: [{ rating: { event: 'bad' }, contact: { state: 'overdue' }, counts: true }],
    });
    expect((await run('rating', 'list', '--by', 'sun')).out).toBe('no ratings\n');
  });

  it('files an appeal of the department, and shows what the office decided', async () => {
    const content = file(
      'appeal.yaml',
      'rating: { caseNo: C-1, source: "urn:dept:housing", event: bad }\nreason: malicious\ntext: 并未到场\nevidence: 录像\n',
    );
    expect((await run('rating', 'appeal', '--file', content, '--by', 'sun')).code).toBe(64);
    const filed = await run('rating', 'appeal', '--file', content, '--by', 'wang');
    expect(filed).toMatchObject({ code: 0, err: '' });
    expect(filed.out).toContain('评诉〔2026〕1号  待核定  C-1  非常不满意\nid 1  version 1  light green');
    const upheld = file('act.yaml', 'version: 1\nact: { type: upheld, opinion: 属实 }\n');
    expect((await run('rating', 'act', '1', '--file', upheld, '--by', 'li')).out).toContain('申诉成立');
    expect((await run('rating', 'appeals', '--by', 'wang')).out).toMatch(/^1 +upheld +green +housing/);
    expect((await run('rating', 'show', '1', '--by', 'sun')).code).toBe(64);
    const asked = ['rating', 'statistics', '--by', 'li', '--since', '2026-09', '--until', '2026-09'];
    expect(JSON.parse((await run(...asked, '--json')).out)).toMatchObject({
      departments: [
        { department: 'housing', ratings: 2, bad: 1, upheld: 1, satisfaction: 0.5, satisfactionNet: 1 },
      ],
    });
    expect((await run(...asked)).out).toMatch(/housing +2 +1 +1 +0/);
  });

  it.each([
    [['list', '--by', 'li', '--grade', '6'], '--grade'],
    [['list', '--by', 'li', '--waiting', 'call'], '--waiting'],
    [['list', '--by', 'li', '--month', '2026'], '--month'],
    [['statistics', '--by', 'li'], '--since'],
    [['list'], '--by'],
    [['rate', '--by', 'li'], 'the actions are'],
  ])('says what to write instead of %j', async (args, expected) => {
    const { code, err } = await run('rating', ...args);
    expect(code).toBe(64);
    expect(err).toContain(expected);
  });
});
