import { instantText } from './hot/instant-text';
import { queryByKeys } from './hot/multi-row';
import type { StoreTransaction } from './store';

/** Another process took a shard that this one believed to hold: what it was doing there must be given up. */
export class ShardLostError extends Error {
  constructor(readonly shards: readonly number[]) {
    super(`shards ${shards.join(', ')} were taken by another process`);
    this.name = 'ShardLostError';
  }
}

/** Shards that a process holds, each with the epoch in which it took it. */
export type HeldShards = ReadonlyMap<number, number>;

/**
 * Takes shards from whoever had them. Waits for transactions of the former owner that are under way; none of his later
 * ones will be committed.
 */
export async function takeShards(
  transaction: StoreTransaction,
  shards: readonly number[],
  owner: string,
  at: number,
): Promise<HeldShards> {
  const held = new Map<number, number>();
  // In one order everywhere: two processes that take the same shards wait for each other once, not both ways.
  for (const shard of [...shards].sort((a, b) => a - b)) {
    await transaction.execute(
      `${transaction.dialect.insertIgnore} shard_owner (shard, owner, epoch, taken_at) VALUES (?, ?, 0, ?)`,
      [shard, owner, instantText(at)],
    );
    await transaction.execute(
      'UPDATE shard_owner SET owner = ?, epoch = epoch + 1, taken_at = ? WHERE shard = ?',
      [owner, instantText(at), shard],
    );
    const [row] = await transaction.query<{ epoch: number }>(
      'SELECT epoch FROM shard_owner WHERE shard = ?',
      [shard],
    );
    held.set(shard, Number(row?.epoch));
  }
  return held;
}

/**
 * Makes sure, until the end of the transaction, that the shards are held in the epochs given.
 * @throws ShardLostError naming those that are not.
 */
export async function requireShards(
  transaction: StoreTransaction,
  held: HeldShards,
  shards: readonly number[],
): Promise<void> {
  const rows = await queryByKeys<{ shard: number; epoch: number }>(
    transaction,
    `SELECT shard, epoch FROM shard_owner WHERE shard IN (?)${transaction.dialect.lockShared}`,
    shards,
  );
  const epochs = new Map(rows.map((row) => [Number(row.shard), Number(row.epoch)]));
  const lost = shards.filter((shard) => !held.has(shard) || epochs.get(shard) !== held.get(shard));
  if (lost.length > 0) throw new ShardLostError(lost);
}
