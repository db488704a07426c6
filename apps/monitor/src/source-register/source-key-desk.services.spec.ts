import { goodSourceKeys, insertRuleVersion, openMysqlStore, type Store } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { ledgerRowsOf } from '../drafts/testing/ledger-rows';
import { at } from '../testing/site';
import { SourceKeyDesk } from './source-key-desk';

const HOUSING = 'urn:dept:420684:housing';

/* What this spec guarantees: administrators at two monitors issue and end keys at once, and the ledger tells it in order. */

describeWithServices('keys of sources at two monitors on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new TestClock(at('2026-09-14T10:00'));
  let url: string;
  let stores: Store[];
  beforeAll(async () => {
    url = await server.create();
    stores = [await openMysqlStore({ url }), await openMysqlStore({ url })];
    const document = { sources: 'site', version: '1', senders: { [HOUSING]: { department: 'housing' } } };
    await stores[0]!.write((transaction) =>
      insertRuleVersion(
        transaction,
        {
          ...{ kind: 'sources', documentId: 'site', version: '1', inForceFrom: null, baseDigest: '' },
          ...{ digest: '1', document: JSON.stringify(document), draftId: 1, reason: '登记' },
          ...{ author: 'one', approvedBy: 'two', approvedByName: '乙', approvedAt: clock.now() },
        },
        ['one'],
      ),
    );
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.drop(url);
  });

  it('leave two good keys of a source, however many are issued at once, and end each once', async () => {
    const desks = stores.map((store) => new SourceKeyDesk(store, clock));
    const wish = { source: HOUSING, keepFormerHours: 24, reason: '换发' };
    const issued = await Promise.all(
      Array.from({ length: 6 }, (_, n) => desks[n % 2]!.issue(wish, `admin-${n}`)),
    );
    expect(new Set(issued.map(({ key }) => key)).size).toBe(6);
    const good = await goodSourceKeys(stores[0]!, clock.now());
    expect(good.map(({ endsAt }) => endsAt)).toEqual([clock.now() + 24 * 3_600_000, null]);
    const [, newest] = good;
    const ends = await Promise.allSettled(desks.map((desk) => desk.end(newest!.id, '外泄', 'admin-9')));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rows = await ledgerRowsOf(stores[1]!, 'identity');
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 6 }, () => 'source.key-issued'),
      'source.key-ended',
    ]);
    expect(rows.map(({ body }) => body).join()).not.toContain('mj_');
  });
});
