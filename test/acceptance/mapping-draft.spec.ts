import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLogger } from '@mingjian/runtime';
import Database from 'libsql';
import { FeedRunner, loadFeeds, Publisher } from '../../apps/collector/src';
import { exchangeFeed, EXCHANGE_MAPPING } from '../../apps/collector/src/feed/testing/exchange-table';
import { collectLog } from '../../apps/collector/src/testing/collect-log';
import { serveSite, type Browser, type ServedSite } from '../../apps/monitor/src/testing/served-site';

const FILE = `version: '1'${EXCHANGE_MAPPING}`;

interface Draft {
  id: number;
  version: number;
  document: { events: { data: object }[] };
}

/* What this spec guarantees: a mapping goes from the file of a collector through a draft of the console back to the running collector. */
describe('a mapping that a feed reads with', () => {
  let served: ServedSite;
  let author: Browser;
  let second: Browser;
  let home: string;
  let database: Database.Database;
  let runner: FeedRunner;
  beforeAll(async () => {
    served = await serveSite('2026-09-14T18:00:00');
    for (let n = 0; n < 500 && !served.monitor.isReady; n++) await pause(10);
    for (const name of ['author', 'second']) await served.addUser(name, ['administrator']);
    author = await served.signedIn('author');
    second = await served.signedIn('second');
    home = mkdtempSync(join(tmpdir(), 'mingjian-mapping-draft-'));
    database = new Database(join(home, 'exchange.db'));
    database.exec(
      'CREATE TABLE EX_SL (YWLSH TEXT PRIMARY KEY, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT)',
    );
    writeFileSync(join(home, 'mapping.yaml'), FILE);
    writeFileSync(join(home, 'feed.yaml'), exchangeFeed('sqlite', 'exchange.db'));
    runner = collector();
  });
  afterAll(async () => {
    await runner.stop();
    database.close();
    await served.close();
    rmSync(home, { recursive: true });
  });

  function collector(): FeedRunner {
    const { store, log, clock } = served.site;
    return new FeedRunner({
      ...{ feeds: loadFeeds(join(home, 'feed.yaml')), store, clock, metrics: null, chance: () => 0 },
      ...{ publisher: new Publisher(log, 500, null), logger: createLogger({ level: 'silent' }) },
      settings: { futureToleranceSeconds: 300, intakeBatch: 500 },
    });
  }
  const put = (no: string): void =>
    void database
      .prepare("INSERT INTO EX_SL VALUES (?, 1, '2026-09-14 10:00:00', NULL, '0417', '2026-09-14 10:00:00')")
      .run(no);
  /** The window of each acceptance, by case. */
  const windows = async (): Promise<Record<string, unknown>> => {
    const { events } = await collectLog(served.site.log);
    return Object.fromEntries(events.map(({ subject, data }) => [subject, data.window]));
  };
  const listed = async (): Promise<object[]> =>
    (await author.ask('GET', '/v1/mappings')).body.mappings as object[];

  it('is drafted from what the collector told, approved by a second person, and read with from then on', async () => {
    put('C-1');
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect(await listed()).toMatchObject([
      { name: 'exchange', origin: 'file', feeds: [{ feed: 'housing-table' }] },
    ]);
    const begun = (await author.ask('POST', '/v1/drafts', { kind: 'mapping', mapping: 'exchange' })).body
      .draft as Draft;
    const { events } = begun.document;
    const document = {
      ...begun.document,
      events: events.map((rule) => ({ ...rule, data: { ...rule.data, window: '07' } })),
    };
    const match = { 'if-match': `"${begun.version}"` };
    const saved = (await author.ask('PUT', `/v1/drafts/${begun.id}`, { document }, match)).body
      .draft as Draft;
    const acts = `/v1/drafts/${begun.id}/acts`;
    const submit = { type: 'submit', version: saved.version, reason: '补充窗口' };
    const submitted = await author.ask('POST', acts, submit);
    expect(submitted).toMatchObject({ status: 200 });
    const approve = { type: 'approve', version: (submitted.body.draft as Draft).version };
    expect(await second.ask('POST', acts, approve)).toMatchObject({ status: 200 });
    expect(await listed()).toMatchObject([{ origin: 'approved', pending: true }]);
    put('C-2');
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect(await windows()).toEqual({ 'C-1': undefined, 'C-2': '07' });
    expect(await listed()).toMatchObject([
      { origin: 'approved', pending: false, draft: begun.id, approved: { draft: begun.id } },
    ]);
  });

  it('is a copy of what was approved where the exported text is written into its file', async () => {
    const path = '/v1/rule-versions/document.yaml?kind=mapping&id=exchange&version=2';
    const exported = await author.ask('GET', path);
    expect(exported.text).toContain('window: "07"');
    await runner.stop();
    writeFileSync(join(home, 'mapping.yaml'), exported.text);
    runner = collector();
    put('C-3');
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect(await windows()).toMatchObject({ 'C-3': '07' });
    await runner.stop();
    writeFileSync(join(home, 'mapping.yaml'), `${FILE}\ndescription: by hand\n`);
    await expect(collector().runOnce('housing-table')).rejects.toThrow(
      /draft export --kind mapping --document exchange --from-version/,
    );
  });
});
