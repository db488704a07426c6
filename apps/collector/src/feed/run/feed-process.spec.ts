import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Settings } from '@mingjian/runtime';
import { startCollector } from '../../collector-process';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';

describe('a collector process with feeds', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-feed-process-'));
    mkdirSync(join(home, 'feeds/mappings'), { recursive: true });
    writeFileSync(join(home, 'feeds/mappings/exchange.yaml'), EXCHANGE_MAPPING);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const start = () =>
    startCollector({
      settings: Settings.parse({
        ...{ dataDir: join(home, 'data'), feeds: join(home, 'feeds'), port: 0, logLevel: 'silent' },
      }),
      kafka: null,
    });

  it('reads by itself what its documents name, and shows how it does', async () => {
    const database = new Database(join(home, 'exchange.db'));
    database.exec(
      "CREATE TABLE EX_SL (YWLSH TEXT, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT); INSERT INTO EX_SL VALUES ('C-1', 1, '2026-09-14 10:00:00', NULL, '0417', '2026-09-14 10:00:00')",
    );
    database.close();
    const table = exchangeFeed('sqlite', '../exchange.db').replace('mapping.yaml', 'mappings/exchange.yaml');
    writeFileSync(join(home, 'feeds/table.yaml'), table);
    writeFileSync(
      join(home, 'feeds/off.yaml'),
      table.replace('feed: housing-table', 'feed: other\nenabled: false'),
    );
    const { url, shutdown } = await start();
    const metrics = async (): Promise<string[]> => (await (await fetch(`${url}/metrics`)).text()).split('\n');
    while (
      !(await metrics()).includes('mingjian_feed_records_total{feed="housing-table",result="changed"} 1')
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await metrics()).toEqual(
      expect.arrayContaining([
        'mingjian_feed_state{feed="housing-table",state="running"} 1',
        'mingjian_feed_state{feed="housing-table",state="failing"} 0',
        'mingjian_feed_state{feed="other",state="disabled"} 1',
        'mingjian_feed_failures_total{feed="housing-table"} 0',
        'mingjian_feed_mapping_current{feed="housing-table"} 1',
        'mingjian_events_total{source="urn:dept:420684:housing",feed="table",result="accepted"} 1',
      ]) as string[],
    );
    expect(await shutdown.run('the test ends')).toMatchObject({ failed: [], unfinished: [] });
  });

  it('does not start with a document that cannot be used, and names its line', async () => {
    writeFileSync(join(home, 'feeds/table.yaml'), 'feed: a\nkind: table\nmapping: nowhere.yaml\n');
    await expect(start()).rejects.toThrow(/table\.yaml:1: database: expected an object/);
  });
});
