import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLogger, SystemClock } from '@mingjian/runtime';
import { listFeedStates, loadFeedMappings, requestOfFeed, writtenDigest } from '@mingjian/store';
import Database from 'libsql';
import { Registry } from 'prom-client';
import { parse } from 'yaml';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { approveMapping } from '../testing/approve-mapping';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';
import { FeedMetrics } from './feed-metrics';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

/** Another item than A0101: what the department means since it changed its system. */
const CHANGED = EXCHANGE_MAPPING.replaceAll('A0101', 'B0202');
const UNREADABLE = { ...(parse(CHANGED) as object), mapping: 'exchange', weekdays: 'of a newer software' };

describe('an approved mapping', () => {
  let site: FeedSite;
  let clock: TestClock;
  let database: Database.Database;
  beforeEach(async () => {
    clock = new TestClock(AT + 3_600_000);
    site = await FeedSite.open(clock);
    database = new Database(join(site.home, 'exchange.db'));
    database.exec(
      'CREATE TABLE EX_SL (YWLSH TEXT PRIMARY KEY, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT)',
    );
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db'));
  });
  afterEach(async () => {
    database.close();
    await site.dispose();
  });

  const put = (no: string): void =>
    void database
      .prepare("INSERT INTO EX_SL VALUES (?, 1, '2026-09-14 10:00:00', NULL, '0417', '2026-09-14 10:00:00')")
      .run(no);
  const approve = (text: string | Record<string, unknown>, base: string | null, draft: number) =>
    approveMapping(site.store, text, { base, draft, at: clock.now() });
  /** The item of each acceptance that stands, by case. */
  const items = async (): Promise<Record<string, unknown>> => {
    const { events } = await site.published();
    const retracted = new Set([...events.values()].map(({ data }) => data.retracts));
    const standing = [...events.values()].filter(
      ({ id, type }) => type === 'case.accepted' && !retracted.has(id),
    );
    return Object.fromEntries(standing.map(({ subject, data }) => [subject, data.item]));
  };
  /** Waits until it holds, with the clock of the site moved on. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) {
      clock.moveTo(clock.now() + 500);
      await pause(5);
    }
  };

  it('is not there at first: the feed reads with its file, and the collector tells so', async () => {
    put('C-1');
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    const written = parse(EXCHANGE_MAPPING) as object;
    expect(await loadFeedMappings(site.store)).toEqual([
      {
        ...{ feed: 'housing-table', kind: 'table', mapping: 'exchange', source: 'urn:dept:420684:housing' },
        ...{ document: JSON.stringify(written), digest: writtenDigest(written), origin: 'file' },
        ...{ draftId: null, toldAt: clock.now() },
      },
    ]);
    expect(await items()).toEqual({ 'C-1': 'A0101' });
    await runner.stop();
  });

  it('is read with from then on, without a restart, by the process that holds the feed', async () => {
    put('C-1');
    const runner = site.runner('feed.yaml');
    await runner.start();
    await until(async () => Object.keys(await items()).length === 1);
    await approve(CHANGED, EXCHANGE_MAPPING, 7);
    put('C-2');
    await until(async () => (await loadFeedMappings(site.store))[0]?.draftId === 7);
    await until(async () => 'C-2' in (await items()));
    // What was read before stays as it was.
    expect(await items()).toEqual({ 'C-1': 'A0101', 'C-2': 'B0202' });
    expect(await listFeedStates(site.store)).toMatchObject([{ epoch: 1, failures: 0 }]);
    expect(await loadFeedMappings(site.store)).toMatchObject([
      { origin: 'approved', digest: writtenDigest(parse(CHANGED)), document: JSON.stringify(parse(CHANGED)) },
    ]);
    await runner.stop();
  });

  it('decides unchanged rows anew in a backfill, also one that was asked for at once', async () => {
    put('C-1');
    put('C-2');
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    await runner.runOnce('housing-table');
    await approve(CHANGED, EXCHANGE_MAPPING, 7);
    const request = JSON.stringify({ from: '2026-09-14 09:00:00', until: '2026-09-14 11:00:00' });
    await site.store.write((tx) => requestOfFeed(tx, 'housing-table', request));
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 2 });
    expect(await items()).toEqual({ 'C-1': 'B0202', 'C-2': 'B0202' });
    // Under ids of their own: nothing that was said is contradicted.
    expect(await site.contradictions()).toEqual([]);
    const { events, repeats } = await site.published();
    expect([events.size, repeats]).toEqual([6, 0]);
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 0 });
    await runner.stop();
  });

  it('gives way to a later one, and to its own text in the file', async () => {
    const twice = CHANGED.replaceAll('B0202', 'C0303');
    await approve(CHANGED, EXCHANGE_MAPPING, 7);
    await approve(twice, CHANGED, 8);
    for (const file of [EXCHANGE_MAPPING, CHANGED, twice]) {
      site.write('mapping.yaml', file);
      const runner = site.runner('feed.yaml');
      await runner.runOnce('housing-table');
      await runner.stop();
      expect(await loadFeedMappings(site.store)).toMatchObject([{ origin: 'approved', draftId: 8 }]);
    }
  });

  it('keeps a collector from starting whose file says something else', async () => {
    await approve(CHANGED, EXCHANGE_MAPPING, 7);
    site.write('mapping.yaml', EXCHANGE_MAPPING.replaceAll('A0101', 'Z9999'));
    await expect(site.runner('feed.yaml').start()).rejects.toThrow(
      /mapping\.yaml: mapping: expected nothing other than version \(none\) of exchange, approved for use/,
    );
  });

  it('leaves the mapping in use where it contradicts the file, until one is approved that does not', async () => {
    const registry = new Registry();
    const metrics = new FeedMetrics(registry, clock);
    const runner = site.runner('feed.yaml', { metrics });
    const current = async (): Promise<unknown> =>
      (await registry.getSingleMetric('mingjian_feed_mapping_current')!.get()).values[0]?.value;
    put('C-1');
    await runner.runOnce('housing-table');
    expect(await current()).toBe(1);
    // Made from the file of another collector.
    await approve(CHANGED, EXCHANGE_MAPPING.replaceAll('A0101', 'Z9999'), 7);
    put('C-2');
    for (let n = 0; n < 2; n++)
      expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done' });
    expect(await items()).toEqual({ 'C-1': 'A0101', 'C-2': 'A0101' });
    expect(await current()).toBe(0);
    const told = site.lines.filter((line) => line.includes('What was approved cannot be used'));
    expect(told).toEqual([expect.stringContaining('mapping.yaml: mapping: expected nothing other than')]);
    await approve(CHANGED, EXCHANGE_MAPPING, 8);
    put('C-3');
    await runner.runOnce('housing-table');
    expect(await items()).toMatchObject({ 'C-3': 'B0202' });
    expect(await current()).toBe(1);
    await runner.stop();
  });

  it('leaves the mapping in use where this software cannot read it, and starts no collector with it', async () => {
    put('C-1');
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    await approve(UNREADABLE, EXCHANGE_MAPPING, 7);
    put('C-2');
    await runner.runOnce('housing-table');
    await runner.stop();
    expect(await items()).toEqual({ 'C-1': 'A0101', 'C-2': 'A0101' });
    expect(site.lines.join('\n')).toContain('approved:exchange: expected no unknown key (weekdays)');
    await expect(site.runner('feed.yaml').start()).rejects.toThrow(/approved:exchange.*weekdays/);
  });

  it('is all that a feed has whose document names no file, and where nothing was approved that says so', async () => {
    site.write(
      'feed.yaml',
      exchangeFeed('sqlite', 'exchange.db').replace('mapping.yaml', 'approved:exchange'),
    );
    await expect(site.runner('feed.yaml').start()).rejects.toThrow(
      /feed\.yaml: mapping: expected a mapping exchange that was approved, got none of that name/,
    );
    await approve(CHANGED, null, 7);
    put('C-1');
    const names: string[] = [];
    const runner = site.runner('feed.yaml', { knowSources: (sources) => void names.push(...sources) });
    await runner.runOnce('housing-table');
    expect(await items()).toEqual({ 'C-1': 'B0202' });
    expect(names).toEqual(['urn:dept:420684:housing']);
    await runner.stop();
  });

  it('must fit the feed: the source that the feed document names, the tables that it reads', async () => {
    const document = exchangeFeed('sqlite', 'exchange.db', 'source: urn:dept:420684:housing');
    site.write('feed.yaml', document);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    await approve(CHANGED.replace('420684:housing', '420684:tax'), EXCHANGE_MAPPING, 7);
    await runner.runOnce('housing-table');
    expect(await loadFeedMappings(site.store)).toMatchObject([{ origin: 'file' }]);
    expect(site.lines.join('\n')).toContain('feed.yaml: source: expected urn:dept:420684:tax');
    await runner.stop();
  });

  it('holds for the next file of a folder, and leaves a process that only stands by silent', async () => {
    const folder = join(site.home, 'drop');
    site.write(
      'feed.yaml',
      `feed: window\nkind: folder\nmapping: mapping.yaml\nfolder: ${folder}\nsettled: 0s\nfiles: '*.csv'\n`,
    );
    const row = (no: string): string => `YWLSH,SLSJ,BJSJ,BLR\n${no},2026-09-14 10:00:00,,0417\n`;
    const runner = site.runner('feed.yaml', { owner: 'first' });
    await runner.runOnce('window');
    site.write('drop/a.csv', row('C-1'));
    clock.moveTo(new SystemClock().now() + 60_000);
    await runner.runOnce('window');
    const other = site.runner('feed.yaml', { owner: 'second' });
    const toldAt = (await loadFeedMappings(site.store))[0]?.toldAt;
    clock.moveTo(clock.now() + 1_000);
    expect(await other.runOnce('window')).toEqual({ outcome: 'standby' });
    expect((await loadFeedMappings(site.store))[0]?.toldAt).toBe(toldAt);
    await approve(CHANGED, EXCHANGE_MAPPING, 7);
    site.write('drop/b.csv', row('C-2'));
    clock.moveTo(clock.now() + 60_000);
    await runner.runOnce('window');
    expect(await items()).toEqual({ 'C-1': 'A0101', 'C-2': 'B0202' });
    await runner.stop();
    await other.stop();
  });

  it('is no matter of a feed of step events', async () => {
    site.write(
      'feed.yaml',
      `feed: window\nkind: folder\nmapping: step-events\nsource: urn:dept:1\nfolder: ${join(site.home, 'drop')}\n`,
    );
    const runner = site.runner('feed.yaml', { logger: createLogger({ level: 'silent' }) });
    await approve({ ...(parse(CHANGED) as object), mapping: 'step-events' }, null, 7);
    expect(await runner.runOnce('window')).toMatchObject({ outcome: 'done' });
    expect(await loadFeedMappings(site.store)).toEqual([]);
    await runner.stop();
  });
});
