import { ChainCheck, hashOfRow } from '@mingjian/ledger';
import { describeWithServices } from '../../../test/services/with-services';
import {
  appendLedger,
  ledgerHeads,
  ledgerRowsAfter,
  ledgerRowsOfSubject,
  openMysqlStore,
  type NewLedgerEntry,
  type Store,
} from './index';
import { Server } from './testing/database-server';

const entry = (chain: string, subject: string): NewLedgerEntry => ({
  chain,
  kind: 'order.issued',
  at: Date.parse('2026-09-14T02:00:00.123Z'),
  actor: null,
  subject,
  body: { 理由: '督办', n: 1.5 },
});

describeWithServices('MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let url: string;
  let stores: Store[];
  beforeAll(async () => {
    url = await server.create();
    stores = [await openMysqlStore({ url }), await openMysqlStore({ url })];
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.drop(url);
  });

  it('keeps every chain without a gap while two processes append, in whatever order they take the chains', async () => {
    const chains = ['orders', 'shard-0', 'shard-1', 'identity'];
    await Promise.all(
      stores.flatMap((store, process) =>
        Array.from({ length: 40 }, (_, n) => {
          const [a, b] = [chains[n % 4]!, chains[(n * 3 + process) % 4]!];
          return store.write(
            (tx) => appendLedger(tx, [entry(a, `C-${n}`), entry(b, `C-${n}`)]),
            // As the judge does it: shards beside each other.
            [n % 3],
          );
        }),
      ),
    );
    let rows = 0;
    for (const head of await ledgerHeads(stores[0]!)) {
      const check = ChainCheck.fromStart(head.chain, head.algorithm);
      const start = { chain: head.chain, alg: head.algorithm, seq: 0, hash: check.root().head };
      for (const row of await ledgerRowsAfter(stores[1]!, start, head.seq, 10_000)) {
        expect(check.take(row)).toBeNull();
        rows++;
      }
      expect(check.root()).toMatchObject({ last: head.seq, head: head.hash });
    }
    expect(rows).toBe(2 * 2 * 40);
  });

  it('gives the rows of a subject with the bytes that were hashed', async () => {
    const rows = await ledgerRowsOfSubject(stores[0]!, 'C-7', 100);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(hashOfRow(row)).toBe(row.hash);
  });
});
