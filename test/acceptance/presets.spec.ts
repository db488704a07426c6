import { collectLog } from '../../apps/collector/src/testing/collect-log';
import { allTimelines } from '@mingjian/store';
import { compareOpinions, documentsOf } from '../../apps/monitor/src/second-opinion/compare-opinions';
import { at, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';
import {
  deliver,
  deliveriesOf,
  expectedOf,
  heldIn,
  NAMES,
  NOW,
  rulesOf,
  verdictsOf,
  withoutReceipt,
} from './preset';

/** What these specs guarantee: rows in, events out, verdicts — for each preset, through the whole flow. */
describe.each(NAMES)('the preset %s', (name) => {
  const expected = expectedOf(name);
  let site: Site;

  const drain = async (): Promise<void> => {
    await site.monitor.intake.drain();
    await site.monitor.quarantine.drain();
  };
  /** What the verdicts come to when judged anew, and what was written on the way. */
  const digests = async (): Promise<string[]> => {
    await site.monitor.sweep.runOnce(at(NOW));
    return [await site.verdictDigest(), await site.storedDigest()];
  };
  /** The same of a site that had everything at once and was never restarted. */
  const calmDigests = async (): Promise<string[]> => {
    const disturbed = site;
    try {
      site = await openSite(NOW, { settings: rulesOf(name) });
      await deliver(name, deliveriesOf(name).flat(), site);
      await drain();
      return await digests();
    } finally {
      await site.close();
      removeSite(site.dir);
      site = disturbed;
    }
  };
  const held = () => heldIn(site.store);

  beforeEach(async () => {
    site = await openSite(NOW, { settings: rulesOf(name) });
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('covers at least 12 cases', () => {
    expect(Object.keys(expected.verdicts).length).toBeGreaterThanOrEqual(12);
  });

  it('makes of its sample rows exactly the events that stand beside them', async () => {
    for (const delivery of deliveriesOf(name)) await deliver(name, delivery, site);
    expect(withoutReceipt((await collectLog(site.log)).events)).toEqual(expected.events);
  });

  it('ends in the expected verdicts with a restart between the deliveries: none lost, none twice', async () => {
    const [first = [], ...others] = deliveriesOf(name);
    await deliver(name, first, site);
    await drain();
    await site.close();
    site = await openSite(NOW, { dir: site.dir, settings: rulesOf(name) });
    for (const delivery of others) await deliver(name, delivery, site);
    await drain();
    expect(await verdictsOf(site.store, site.monitor, at(NOW))).toEqual(expected.verdicts);
    expect(await held()).toEqual(expected.held);
    const [row] = await site.store.query<{ stored: number }>('SELECT COUNT(*) AS stored FROM step_event');
    expect(Number(row?.stored)).toBe(expected.events.length);
    expect(await digests()).toEqual(await calmDigests());
  });

  it('is judged alike by both judges, which share no code', async () => {
    await deliver(name, deliveriesOf(name).flat(), site);
    await drain();
    const { book } = site.monitor.rules.current;
    const differences = [];
    for await (const [caseNo, events] of allTimelines(site.store.reader))
      differences.push(
        ...compareOpinions({ caseNo, events, row: undefined }, book, documentsOf(book), at(NOW)),
      );
    expect(differences.filter(({ about }) => about !== 'row')).toEqual([]);
  });

  it('ends in the same when the deliveries come in another order, and again', async () => {
    const deliveries = deliveriesOf(name);
    for (const delivery of [...deliveries].reverse()) await deliver(name, [...delivery].reverse(), site);
    await drain();
    expect(await verdictsOf(site.store, site.monitor, at(NOW))).toEqual(expected.verdicts);
    const digest = await site.verdictDigest();
    for (const delivery of deliveries) await deliver(name, delivery, site);
    await drain();
    expect(await site.verdictDigest()).toBe(digest);
    expect(await held()).toEqual(expected.held);
  });
});
