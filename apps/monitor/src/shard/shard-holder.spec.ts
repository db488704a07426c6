import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import { openStore, ShardLostError, type Store } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { ShardHolder } from './shard-holder';

describe('the holder of shards', () => {
  let dir: string;
  let store: Store;
  const holder = (name: string): ShardHolder =>
    new ShardHolder(store, name, new TestClock(0), createLogger({ level: 'silent' }));
  const check = (of: ShardHolder, shards: number[]): Promise<void> =>
    store.write((transaction) => of.require(transaction, shards));
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-shards-'));
    store = await openStore({ file: join(dir, 'store.db') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true });
  });

  it('writes only where it is the last who took the shard', async () => {
    const [first, second] = [holder('first'), holder('second')];
    await first.take([0, 1]);
    await second.take([1]);
    await check(first, [0]);
    await check(second, [1]);
    await expect(check(first, [1])).rejects.toThrow(ShardLostError);
  });

  it('takes back what the log gave it and a slow process took, until the log has told that one', async () => {
    const [slow, owner] = [holder('slow'), holder('owner')];
    await owner.take([0]);
    // It was given the shard before, comes to take it only now, and does not know yet that it has lost it.
    await slow.take([0]);
    expect(await owner.unlessLost(() => check(owner, [0]))).toBeNull();
    expect(owner.shards).toEqual([]);
    expect(await owner.reclaim()).toBe(true);
    await check(owner, [0]);
    slow.give([0]);
    expect(await slow.reclaim()).toBe(false);
    await check(owner, [0]);
  });

  it('does not hold what the log took back while it was taking it', async () => {
    const one = holder('one');
    const taking = one.take([0, 1]);
    one.give([1]);
    await taking;
    expect(one.shards).toEqual([0]);
  });

  it('passes on errors that are none of a lost shard', async () => {
    await expect(holder('one').unlessLost(() => Promise.reject(new Error('disk full')))).rejects.toThrow(
      'disk full',
    );
  });
});
