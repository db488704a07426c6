import { OwnServices } from '../../../test/services/own-services';
import { describeWithServices } from '../../../test/services/with-services';
import { insertEvents } from './timeline.store';
import { loadSetting, saveSetting } from './setting.store';
import { requireShards, ShardLostError, takeShards } from './shard.store';
import { openMysqlStore } from './open-mysql-store';
import type { Store, StoreTransaction } from './store';
import { Server } from './testing/database-server';
import { checkStoreConformance } from './testing/store-conformance';
import { describeWithServer } from './testing/with-server';

const AT = Date.parse('2026-09-14T02:00:00.123Z');

describeWithServer((server, name) => {
  checkStoreConformance(name, async () => {
    const url = await server.create();
    let store = await openMysqlStore({ url });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await openMysqlStore({ url });
        return store;
      },
      schemaDrift: async () =>
        (await store.reader.driver.createSchemaBuilder().log()).upQueries
          .map(({ query }) => query)
          // Indexes are described by the migrations alone, with the query that needs each; texts are wider than said.
          .filter(
            (query) =>
              !/^DROP INDEX `[iu]x_|(DROP COLUMN|ADD) `(base_document|body|contributors|data|detail|document|events|expected|got|hint|history|payload|problems|raw|record|result|row_values|value)`/.test(
                query,
              ),
          ),
      dispose: async () => {
        await store.close();
        await server.drop(url);
      },
    };
  });

  describe('several processes on one database', () => {
    let url: string;
    let one: Store;
    let other: Store;
    beforeAll(async () => {
      url = await server.create();
      // Together: the schema is made once, and neither stumbles over the other.
      [one, other] = await Promise.all([openMysqlStore({ url }), openMysqlStore({ url })]);
    });
    afterAll(async () => {
      await Promise.all([one.close(), other.close()]);
      await server.drop(url);
    });

    it('lets a shard be taken only when the transaction that holds it has ended', async () => {
      const held = await one.write((tx) => takeShards(tx, [1], 'one', AT));
      const order: string[] = [];
      const inside = signal();
      const goOn = signal();
      const writing = one
        .write(async (tx) => {
          await requireShards(tx, held, [1]);
          inside.give();
          await goOn.given;
          await saveSetting(tx, 'of one', 'written');
        })
        .then(() => order.push('one has committed'));
      await inside.given;
      const taking = other
        .write((tx) => takeShards(tx, [1], 'other', AT + 1))
        .then(() => order.push('other has taken'));
      await until(async () => (await server.lockWaits()) > 0);
      expect(order).toEqual([]);
      goOn.give();
      await Promise.all([writing, taking]);
      expect(order).toEqual(['one has committed', 'other has taken']);
      expect(await loadSetting(other, 'of one')).toBe('written');
      await expect(one.write((tx) => requireShards(tx, held, [1]))).rejects.toThrow(ShardLostError);
    });

    it('does the work again that a deadlock undid', async () => {
      for (const name of ['a', 'b']) await one.write((tx) => saveSetting(tx, name, ''));
      const both = [signal(), signal()];
      let attempts = 0;
      const work = (me: number, names: readonly string[]) => async (tx: StoreTransaction) => {
        attempts++;
        for (const [n, name] of names.entries()) {
          await tx.execute('UPDATE setting SET value = CONCAT(value, ?) WHERE name = ?', [String(me), name]);
          if (n > 0) continue;
          both[me]?.give();
          await Promise.all(both.map(({ given }) => given));
        }
      };
      await Promise.all([one.write(work(0, ['a', 'b'])), other.write(work(1, ['b', 'a']))]);
      expect(attempts).toBeGreaterThan(2);
      for (const name of ['a', 'b'])
        expect((await loadSetting(one, name))?.split('').sort()).toEqual(['0', '1']);
    });

    it('writes once what was under way when its connection was killed', async () => {
      let attempts = 0;
      await one.write(async (tx) => {
        await insertEvents(tx, [event('C-killed')]);
        if (attempts++ === 0) {
          const [{ id }] = (await tx.query<{ id: number }>('SELECT CONNECTION_ID() AS id')) as [
            { id: number },
          ];
          await server.run(`KILL ${id}`);
        }
        await saveSetting(tx, 'killed', String(attempts));
      });
      expect(attempts).toBe(2);
      expect(await loadSetting(one, 'killed')).toBe('2');
      expect(await one.query("SELECT event_id FROM step_event WHERE case_no = 'C-killed'")).toHaveLength(1);
    });

    it('reads again what was asked when its connection was killed', async () => {
      const answer = one.query<{ slept: number }>('SELECT SLEEP(1) AS slept, 7 AS seven');
      await until(async () => {
        const found = await other.query<{ id: number }>(
          "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(1)%'",
        );
        for (const { id } of found) await server.run(`KILL ${id}`);
        return found.length > 0;
      });
      expect(await answer).toEqual([{ slept: 0, seven: 7 }]);
    });
  });
});

// The server that others use is only looked for: whether one can be had at all.
describeWithServices('MariaDB that goes away', ['mariadb'], () => {
  const services = new OwnServices();
  let store: Store;

  beforeAll(async () => {
    const { rootUrl } = await services.start('mariadb');
    store = await openMysqlStore({ url: await new Server(rootUrl).create() });
  });
  afterAll(async () => {
    await store.close();
    await services.dispose();
  });

  it.each(['stopped', 'killed'])('has what it committed when it is %s and comes back', async (how) => {
    await store.write((tx) => saveSetting(tx, 'before', how));
    let isAway = false;
    const writing = store.write(async (tx) => {
      await saveSetting(tx, 'during', `${how} at first`);
      if (!isAway) {
        isAway = true;
        if (how === 'stopped') await services.stop('mariadb');
        else services.kill('mariadb');
        // Not awaited: the write has to bear that the server is still away.
        back = services.start('mariadb');
      }
      await saveSetting(tx, 'during', how);
    });
    const reading = writing.then(() => loadSetting(store, 'before'));
    await writing;
    expect(await reading).toBe(how);
    expect(await loadSetting(store, 'during')).toBe(how);
    await back;
  });
  let back: Promise<unknown> = Promise.resolve();
});

function event(caseNo: string): Parameters<typeof insertEvents>[1][number] {
  return {
    event: {
      source: 'urn:dept:housing',
      id: 'e1',
      type: 'case.accepted',
      caseNo,
      occurredAt: AT,
      receivedAt: null,
      data: { item: 'A0101' },
    },
    partition: 1,
    offset: 7,
  };
}

function signal(): { given: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}

/** For what the server does: it tells nobody when. Who asks for its transactions more often than each 100 ms gets old news. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 150));
}
