import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RowScope } from '@mingjian/store';
import { stringify } from 'yaml';
import { scoresOfMonth } from '../reports/scores-of-month';
import { accepted, event, openSite, removeSite, type Site } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR } from './testing/administrators';
import { draftDifference } from './draft-difference';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import type { DraftRefused } from './draft-refused';
import { documentOf } from './draft-rows';
import type { ScoreImpactResult } from './score-impact';

const EXAMPLE = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');

/* What this spec guarantees: how months are scored changes by two people, from a month on, and months that are over keep their scheme. */
describe('a draft of the score scheme', () => {
  let site: Site;
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-scheme-'));
    file = join(dir, 'scheme.yaml');
    copyFileSync(EXAMPLE, file);
    site = await openSite('2026-10-12T09:00', { settings: { scoreScheme: file } });
    // Five cases so that there is a place, one of them late since its seventh working day.
    for (let n = 1; n <= 5; n++)
      await site.receive(
        accepted(`C-${n}`, '2026-09-01T10:00'),
        event('case.decided', `C-${n}`, n === 5 ? '2026-09-15T10:00' : '2026-09-03T10:00', {
          ...{ item: 'A0101', department: 'housing', result: 'granted' },
        }),
      );
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
    rmSync(dir, { recursive: true });
  });

  const drafts = () => site.monitor.drafts;
  const versionOf = async (month: string): Promise<string | undefined> => {
    const now = site.clock.now();
    const found = await scoresOfMonth(
      ...([site.store, site.monitor.rules.current, file, month, RowScope.everything, now] as const),
    );
    return found?.scheme.version;
  };
  const edited = async (change: (document: Written) => object) => {
    const draft = await drafts().create({ kind: 'scheme' }, ADMINISTRATOR);
    const document = change(documentOf(draft)) as Written;
    return drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR);
  };
  const dearer = (document: Written) => ({
    ...document,
    deductions: { ...(document.deductions as object), red: 12 },
  });
  const submit = (draft: { id: number; version: number }, inForceFrom: string, who = ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'submit', version: draft.version, reason: '从严', inForceFrom }, who);
  const approve = (draft: { id: number; version: number }, who = OTHER_ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'approve', version: draft.version }, who);
  const reasonOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'not refused',
      (error: DraftRefused) => error.reason,
    );

  it('scores from its month on once a second person approved it, and is taken back the same way', async () => {
    const draft = await submit(await edited(dearer), '2026-11-01');
    expect(await reasonOf(approve(draft, ADMINISTRATOR))).toBe('own-draft');
    await approve(draft);
    expect([await versionOf('2026-09'), await versionOf('2026-11')]).toEqual(['2', '3']);
    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    await approve(await submit(revert, '2026-12-01', OTHER_ADMINISTRATOR), ADMINISTRATOR);
    expect([await versionOf('2026-11'), await versionOf('2027-01')]).toEqual(['3', '4']);
  });

  it('scores no month that is over, and begins on the first day of one', async () => {
    const draft = await edited(dearer);
    expect(await reasonOf(submit(draft, '2026-09-01'))).toBe('in-the-past');
    expect(await reasonOf(submit(draft, '2026-11-15'))).toBe('has-errors');
    expect(await reasonOf(submit(draft, '2026-10-01'))).toBe('not refused');
  });

  it('contradicts no file: one that says something else is named wherever scores are given', async () => {
    const draft = await approve(await submit(await edited(dearer), '2026-11-01'));
    writeFileSync(file, stringify(documentOf(draft)));
    expect(await versionOf('2026-11')).toBe('3');
    writeFileSync(
      file,
      readFileSync(EXAMPLE, 'utf8').replace('weight: 40', 'weight: 40.0').replace('yellow: 5', 'yellow: 6'),
    );
    await expect(versionOf('2026-11')).rejects.toThrow('mingjian draft export --kind scheme');
  });

  it('says in Chinese what does not fit', async () => {
    const draft = await edited((document) => ({
      ...document,
      deductions: { ...(document.deductions as object), red: 'many' },
      redFlag: { points: 95 },
    }));
    expect(JSON.parse(draft.problems) as DraftProblem[]).toEqual([
      expect.objectContaining({ code: 'schema', field: '扣分 › 红牌', expected: '分数，不小于 0' }),
      expect.objectContaining({ field: '红旗窗口 › 不得有', expected: '列表' }),
    ]);
  });

  it('says of each indicator what changed, whole, and takes another order for a change of the list', async () => {
    type Indicators = { indicators: { id: string; weight: number }[] };
    const reweighed = (weights: Record<string, number>) => (document: Written) => ({
      ...document,
      indicators: (document as unknown as Indicators).indicators.map((one) => ({
        ...one,
        weight: weights[one.id] ?? one.weight,
      })),
    });
    const draft = await edited(reweighed({ 'on-time': 20, satisfaction: 35 }));
    expect(draft.title).toBe('2 处改动：期限合法 分值 40→20、满意度 分值 15→35');
    const own = draftDifference(draft).fields.filter(({ isGiven }) => !isGiven);
    expect(own.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['指标 期限合法（on-time） › 分值', '40', '20'],
      ['指标 满意度（satisfaction） › 分值', '15', '35'],
    ]);
    const turned = await edited((document) => ({
      ...document,
      indicators: [...(document as unknown as Indicators).indicators].reverse(),
    }));
    const [list] = draftDifference(turned).fields.filter(({ isGiven }) => !isGiven);
    // Nothing is cut off: whoever approves sees all of it.
    expect(list).toMatchObject({ path: ['indicators'], field: '指标' });
    expect(list!.after).toMatch(/^编码：.*期限合法[^…]*$/);
  });

  it('shows the scores of the last months by both, with what each department gains or loses', async () => {
    const draft = await edited(dearer);
    await drafts().startImpact(draft.id, 60, ADMINISTRATOR);
    await drafts().impacts.settled();
    const impact = (await drafts().impact(draft.id))!;
    expect(impact).toMatchObject({ state: 'done', total: 2 });
    const { months } = JSON.parse(impact.result) as ScoreImpactResult;
    expect(months.map(({ month }) => month)).toEqual(['2026-09', '2026-08']);
    const unit = months[0]!.units.find(({ department }) => department === 'housing')!;
    // The one red card costs two points more.
    expect(unit.before.total! - unit.after.total!).toBeCloseTo(2, 5);
    expect(unit.after.rank).toBe(1);
  });
});
