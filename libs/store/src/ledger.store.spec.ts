import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOfRow, NO_HASH } from '@mingjian/ledger';
import { appendLedger, openStore, type NewLedgerEntry, type Store } from './index';

const entry = (chain: string, subject: string): NewLedgerEntry => ({
  chain,
  kind: 'order.issued',
  at: Date.parse('2026-09-14T02:00:00.123Z'),
  actor: null,
  subject,
  body: { b: 1, a: ['督办'] },
});

describe('the ledger in the store', () => {
  let dir: string;
  let store: Store;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-ledger-'));
    store = await openStore({ file: join(dir, 'store.db') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('chains the rows of each chain without a gap, over several transactions', async () => {
    const first = await store.write((tx) =>
      appendLedger(tx, [entry('orders', '1'), entry('shard-0', 'C-1'), entry('orders', '2')]),
    );
    const second = await store.write((tx) => appendLedger(tx, [entry('orders', '3')]));
    const orders = [...first, ...second].filter(({ chain }) => chain === 'orders');
    expect(orders.map(({ seq, prev }) => [seq, prev])).toEqual([
      [1, NO_HASH],
      [2, orders[0]?.hash],
      [3, orders[1]?.hash],
    ]);
    for (const row of orders) expect(hashOfRow(row)).toBe(row.hash);
  });

  it('keeps the bytes that were hashed', async () => {
    const [row] = await store.write((tx) => appendLedger(tx, [entry('orders', '1')]));
    expect(await store.query('SELECT at, body, hash FROM ledger_entry')).toEqual([
      { at: '2026-09-14 02:00:00.123', body: '{"a":["督办"],"b":1}', hash: row?.hash },
    ]);
  });

  it('leaves no gap where a transaction failed', async () => {
    await store.write((tx) => appendLedger(tx, [entry('orders', '1')]));
    const failed = store.write(async (tx) => {
      await appendLedger(tx, [entry('orders', 'lost')]);
      throw new Error('half-way');
    });
    await expect(failed).rejects.toThrow('half-way');
    const [next] = await store.write((tx) => appendLedger(tx, [entry('orders', '2')]));
    expect(next?.seq).toBe(2);
    expect(await store.query('SELECT subject FROM ledger_entry ORDER BY seq')).toEqual([
      { subject: '1' },
      { subject: '2' },
    ]);
  });
});
