import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { ForensicFinding } from '@mingjian/rules';
import type { InjectedMisconduct } from '@mingjian/simulator';
import { runInProcess, SAMPLE, Workspace } from './product';

interface Report {
  cases: number;
  tests: number;
  findings: (ForensicFinding & { text: string })[];
}

const ROOT = join(__dirname, '../..');
const DEMO = [
  ...['--ruleset', join(ROOT, 'rulesets/demo-city/demo-city.yaml')],
  ...['--calendar', join(ROOT, 'rulesets/calendars/cn.yaml')],
];

function count(findings: readonly ForensicFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of findings) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('forensics of recorded events', () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  it('names the injected cases, and exits with 1 because somebody should look', async () => {
    const truthFile = workspace.path('truth.ndjson');
    const days = ['--city', 'fangchenggang', '--seed', 'forensics', '--from', '2026-03-02', '--days', '14'];
    const city = await runInProcess([
      'simulate',
      ...days,
      '--misconduct',
      'back-dated,reopened',
      '--truth',
      truthFile,
    ]);
    expect(city).toMatchObject({ code: 0, err: '' });
    const events = workspace.write('events.ndjson', city.out);
    const since = ['--since', '2026-03-01', '--until', '2026-07-31'];
    const { code, out } = await runInProcess([
      'forensics',
      'examine',
      '--events',
      events,
      ...DEMO,
      ...since,
      '--json',
    ]);
    expect(code).toBe(1);
    const truth = readFileSync(truthFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as InjectedMisconduct);
    const reopened = truth.filter(({ kind }) => kind === 'reopened').map(({ caseNo }) => caseNo);
    const named = (JSON.parse(out) as Report).findings.filter(
      ({ kind }) => kind === 'reopened-after-decision',
    );
    expect(reopened.length).toBeGreaterThan(3);
    expect(named.map(({ subject }) => subject).sort()).toEqual(reopened.sort());
  });

  it('says what is no kind of misconduct, and which kinds there are', async () => {
    const { code, err } = await runInProcess(['simulate', '--misconduct', 'tardiness']);
    expect(code).toBe(64);
    expect(err).toContain('"tardiness" is none of usual, none, all, or with commas over-promise,');
  });

  it('finds in the real log what docs/forensics.md lists, and nothing more', async () => {
    const { out, code } = await runInProcess([
      ...['forensics', 'examine', '--events', join(SAMPLE, 'wabo-receipt-events.csv.gz')],
      ...['--mapping', join(ROOT, 'mappings/wabo/mapping.yaml')],
      ...['--ruleset', join(SAMPLE, 'ruleset-carried.yaml'), '--calendar', join(SAMPLE, 'calendar.yaml')],
      ...['--since', '2010-10-01', '--until', '2012-02-28', '--json'],
    ]);
    expect(code).toBe(1);
    const report = JSON.parse(out) as Report;
    expect({ cases: report.cases, tests: report.tests, ...count(report.findings) }).toEqual({
      cases: 1_434,
      tests: 67,
      'outside-hours': 9,
      'reopened-after-decision': 2,
      'source-records-dates': 3,
    });
    const text = readFileSync(join(ROOT, 'docs/forensics.md'), 'utf8');
    const cases = report.findings.filter(({ scope }) => scope === 'case').map(({ subject }) => subject);
    expect(cases.filter((caseNo) => !text.includes(caseNo))).toEqual([]);
  });
});
