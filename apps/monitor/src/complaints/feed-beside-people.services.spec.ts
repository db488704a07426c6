import { createConnection } from 'mysql2/promise';
import { TOPICS, type ComplaintReport } from '@mingjian/contracts';
import { openMysqlStore, RowScope } from '@mingjian/store';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { INSPECTOR } from '../testing/people';
import { accepted, openSite, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: what a system reports of a complaint is taken although somebody acts on that complaint at the same
   moment; only what cannot be true goes to quarantine. Each side is a monitor of its own, with a transaction of its own. */

const NOW = '2026-09-14T15:00';
const ALL = RowScope.everything;
const on = (time: string): string => `2026-09-14T${time}:00+08:00`;
const REPORT: ComplaintReport = {
  policy: 'complaint',
  channel: 'web',
  externalNo: 'X-1',
  kind: 'delay',
  department: 'housing',
  title: '超期未办',
  request: '请尽快办结',
  registeredAt: on('09:00'),
};

describeWithServices('a report of a complaint on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let url: string;
  let feed: Site;
  let desk: Site;
  beforeEach(async () => {
    url = await server.create();
    feed = await openSite(NOW, { store: await openMysqlStore({ url }) });
    desk = await openSite(NOW, { store: await openMysqlStore({ url }) });
    await feed.receive(accepted('C-1', '2026-09-14T08:00'));
  });
  afterEach(async () => {
    for (const site of [feed, desk]) {
      await site.close();
      removeSite(site.dir);
    }
    await server.drop(url);
  });

  const send = async (more: Partial<ComplaintReport>): Promise<number> => {
    const data = { ...REPORT, ...more };
    const value = {
      ...{ specversion: '1.0', id: 'e', source: '12345', type: 'complaint.reported' },
      ...{ subject: data.externalNo, time: data.registeredAt, data },
    };
    await feed.log.append(TOPICS.complaints, [{ key: '12345/X-1', value: JSON.stringify(value) }]);
    return feed.monitor.complaints.drain();
  };
  const acts = async (): Promise<string[]> =>
    (await desk.monitor.acts.complaints.read(1, INSPECTOR, ALL)).events.map(({ act }) => act.type);
  const quarantined = async (): Promise<object[]> => {
    await feed.monitor.quarantine.drain();
    return feed.store.query('SELECT reason, field FROM quarantine');
  };

  it('waits behind an act of a person that it did not see, and is taken after it', async () => {
    await send({});
    const holder = await createConnection({ uri: url.replace('mariadb:', 'mysql:') });
    try {
      // Both read the complaint as it is now, and come to the lock of its row: first the person, then the feed.
      await holder.query('BEGIN');
      await holder.query('SELECT id FROM complaint WHERE id = 1 FOR UPDATE');
      const act = { type: 'linked', caseNo: 'C-1' } as const;
      const acting = desk.monitor.acts.complaints.act(1, { act }, INSPECTOR, ALL);
      await untilWaiting(server, 1);
      const taking = send({ acceptedAt: on('10:00') });
      await untilWaiting(server, 2);
      await holder.query('COMMIT');
      await Promise.all([acting, taking]);
    } finally {
      await holder.end();
    }
    expect(await quarantined()).toEqual([]);
    expect(await acts()).toEqual(['registered', 'linked', 'evidence-frozen', 'accepted']);
  });

  it('still goes to quarantine where it cannot be true', async () => {
    await send({ acceptedAt: on('10:00') });
    await send({ acceptedAt: on('11:00') });
    expect(await quarantined()).toEqual([{ reason: 'identity-conflict', field: 'data.acceptedAt' }]);
    expect(await acts()).toEqual(['registered', 'accepted']);
  });
});

/** The server tells nobody when somebody begins to wait. Who asks more often than each 100 ms gets old news. */
async function untilWaiting(server: Server, count: number): Promise<void> {
  while ((await server.lockWaits()) < count) await new Promise((resolve) => setTimeout(resolve, 150));
}
