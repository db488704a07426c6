import { copyFileSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import { FeedRunner, loadFeeds, Publisher } from '../../apps/collector/src';
import { collectLog } from '../../apps/collector/src/testing/collect-log';
import { at, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';
import {
  deliveriesOf,
  expectedOf,
  heldIn,
  NOW,
  PRESETS,
  rulesOf,
  verdictsOf,
  withoutReceipt,
} from './preset';

/**
 * What these specs guarantee: documents that a department puts into a drop folder, JSON and XML, end in the same events and
 * verdicts as when an operator imports them, with a restart of collector and monitor between two deliveries.
 */
describe.each(['shandong', 'guangdong', 'hunan'])('the preset %s through a drop folder', (name) => {
  const expected = expectedOf(name);
  let site: Site;
  let drop: string;
  beforeEach(async () => {
    site = await openSite(NOW, { settings: rulesOf(name) });
    drop = join(site.dir, 'drop');
    mkdirSync(drop);
    writeFileSync(
      join(site.dir, 'feed.yaml'),
      `feed: ${name}\nkind: folder\nmapping: ${join(PRESETS, name, 'mapping.yaml')}\nfolder: drop\nbatch: 7\n`,
    );
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const put = (files: readonly string[]): void => {
    const seconds = at(NOW) / 1000 - 60;
    for (const file of files) {
      const target = join(drop, basename(file));
      copyFileSync(file, target);
      utimesSync(target, seconds, seconds);
    }
  };
  const read = async (): Promise<object> => {
    const { store, log, clock, dir } = site;
    const runner = new FeedRunner({
      ...{ store, clock, feeds: loadFeeds(join(dir, 'feed.yaml')), publisher: new Publisher(log, 100, null) },
      ...{ metrics: null, logger: createLogger({ level: 'silent' }), joinFile: join(dir, 'joins.db') },
      settings: { futureToleranceSeconds: 300, intakeBatch: 100 },
    });
    const run = await runner.runOnce(name);
    await runner.stop();
    await site.monitor.intake.drain();
    await site.monitor.quarantine.drain();
    return run;
  };

  it('ends in the expected events and verdicts', async () => {
    const [first = [], ...others] = deliveriesOf(name);
    put(first);
    expect(await read()).toMatchObject({ outcome: 'done', waiting: 0 });
    await site.close();
    site = await openSite(NOW, { dir: site.dir, settings: rulesOf(name) });
    for (const delivery of others) {
      put(delivery);
      expect(await read()).toMatchObject({ outcome: 'done', waiting: 0 });
    }
    expect(withoutReceipt((await collectLog(site.log)).events)).toEqual(expected.events);
    expect(await verdictsOf(site.store, site.monitor, at(NOW))).toEqual(expected.verdicts);
    expect(await heldIn(site.store)).toEqual(expected.held);
    const [row] = await site.store.query<{ stored: number }>('SELECT COUNT(*) AS stored FROM step_event');
    expect(Number(row?.stored)).toBe(expected.events.length);
    const names = deliveriesOf(name)
      .flat()
      .map((file) => basename(file));
    expect(readdirSync(join(drop, 'done')).filter((file) => !file.endsWith('.rejects.csv'))).toEqual(
      names.sort(),
    );
    expect(readdirSync(drop)).toEqual(['done']);
  });
});
