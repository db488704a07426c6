import { join } from 'node:path';
import { bulletinFile, findBulletin, listBulletins, RowScope, type BulletinFormat } from '@mingjian/store';
import { unzipSync, strFromU8 } from 'fflate';
import { cityEvents, demoCityDir } from '../testing/demo-city';
import { at, event, openSite, removeSite, type Site } from '../testing/site';
import { startBulletin } from './make-bulletin';

const SCHEME = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');
const EVERYTHING = RowScope.everything;
const WHO = { id: 'inspector-1', name: '王监察员' };

describe('bulletins of a simulated city', () => {
  const dir = demoCityDir();
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-04-01T00:30', {
      dir,
      settings: { calendars: join(dir, 'calendars'), scoreScheme: SCHEME },
    });
    const until = at('2026-04-01T00:00');
    const events = cityEvents({
      city: 'fangchenggang',
      seed: 'bulletin',
      from: '2026-03-02',
      to: '2026-03-05',
      misconduct: ['over-promise', 'reopened'],
    }).filter(({ receivedat }) => Date.parse(receivedat!) < until);
    await site.receive(...events);
    // What a record says must neither become a formula nor a tag.
    const hostile = { item: '=cmd()<b>', department: 'housing', officer: '@x' };
    await site.receive(
      event('case.accepted', '=HYPERLINK("x")', '2026-03-02T10:00', hostile),
      event('case.decided', '=HYPERLINK("x")', '2026-03-03T10:00', hostile),
    );
  }, 240_000);
  afterAll(async () => {
    await site.close();
    removeSite(dir);
  });

  const made = async (
    department: string | null,
    kind: 'monthly' | 'daily' = 'monthly',
    period = '2026-03',
  ) => {
    const { id, done } = await startBulletin(site.monitor.bulletinPorts, { kind, period, department }, WHO);
    expect(await done).toBe(true);
    const file = async (format: BulletinFormat): Promise<Buffer> =>
      (await bulletinFile(site.store, id, format))!;
    return { row: (await findBulletin(site.store, EVERYTHING, id))!, file };
  };

  it('are published by themselves when a day and a month are over, once, for the offices and the departments', async () => {
    const first = await site.monitor.bulletins.runOnce();
    expect(first).toBeGreaterThan(10);
    expect(await site.monitor.bulletins.runOnce()).toBe(0);
    const rows = await listBulletins(site.store, EVERYTHING, {}, 500);
    expect(rows.every(({ state, progress }) => state === 'made' && progress === 100)).toBe(true);
    expect(rows.filter(({ department, kind }) => department === null && kind === 'monthly')).toHaveLength(1);
    const [entry] = await site.store.query<{ n: number }>(
      "SELECT COUNT(*) AS n FROM ledger_entry WHERE kind = 'bulletin.made'",
    );
    expect(Number(entry!.n)).toBe(first);
  }, 120_000);

  it('say in all formats what the statistics say, in Chinese, and let nothing of a record act', async () => {
    const { row, file } = await made(null);
    expect(row).toMatchObject({
      state: 'made',
      title: '关于2026年3月行政效能监察情况的通报',
      actor: 'inspector-1',
    });
    const { figures } = JSON.parse((await file('json')).toString()) as {
      figures: {
        departments: { total: { sums: { accepted: number; decided: number; latePromise: number } } };
      };
    };
    const { sums } = figures.departments.total;
    expect(sums.latePromise).toBeGreaterThan(0);
    const html = (await file('html')).toString();
    expect(html).toContain(`本月受理 ${sums.accepted} 件`);
    expect(html).toContain(`办结 ${sums.decided} 件`);
    expect(html).toContain('<svg role="img" aria-label="各部门办结件数"');
    expect(html).not.toContain('<b>');
    expect(html).not.toMatch(/<script|null|undefined|NaN/);
    const docx = strFromU8(unzipSync(await file('docx'))['word/document.xml']!);
    expect(docx).toContain(`本月受理 ${sums.accepted} 件`);
    const sheets = Object.entries(unzipSync(await file('xlsx'))).filter(([name]) =>
      name.includes('worksheets/'),
    );
    expect(sheets.length).toBeGreaterThan(3);
    for (const [, xml] of sheets) expect(strFromU8(xml)).not.toMatch(/<f[ >]/);
  });

  it('of a department hold no other department, and are seen by it alone', async () => {
    const { row, file } = await made('housing');
    const html = (await file('html')).toString();
    const others = Object.entries(site.monitor.rules.current.book.newest.ruleset.document.departments)
      .filter(([code]) => code !== 'housing')
      .map(([, { name }]) => name);
    expect(others.filter((name) => html.includes(name))).toEqual([]);
    const housing = RowScope.ofDepartments(['housing']);
    expect(await findBulletin(site.store, housing, row.id)).not.toBeNull();
    expect(await findBulletin(site.store, RowScope.ofDepartments(['market']), row.id)).toBeNull();
    const seen = await listBulletins(site.store, housing, {}, 500);
    expect(new Set(seen.map(({ department }) => department))).toEqual(new Set(['housing']));
  });

  it('keep what they were made from: made again from the same rows they hold the same figures', async () => {
    const [a, b] = [await made(null), await made(null)];
    const figuresOf = async ({ file }: typeof a): Promise<unknown> =>
      (JSON.parse((await file('json')).toString()) as { figures: unknown }).figures;
    expect(await figuresOf(a)).toEqual(await figuresOf(b));
    expect(a.row.no).not.toBe(b.row.no);
  });

  it('are marked failed where they cannot be made, and name no number', async () => {
    const broken = { ...site.monitor.bulletinPorts, scoreScheme: join(dir, 'no-such-file.yaml') };
    const { id, done } = await startBulletin(
      broken,
      { kind: 'monthly', period: '2026-03', department: null },
      WHO,
    );
    expect(await done).toBe(false);
    expect(await findBulletin(site.store, EVERYTHING, id)).toMatchObject({ state: 'failed', no: null });
  });
});
