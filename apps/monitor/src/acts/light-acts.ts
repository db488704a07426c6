import {
  insertLightChanges,
  insertOutbox,
  supersedeLightChanges,
  type LightChangeRow,
  type NewLightChange,
  type StoreTransaction,
} from '@mingjian/store';
import { lightLedger } from '../judge/light-ledger';
import { lightNotice } from '../notify/light-notices';
import { lightMessages } from '../outbox/light-messages';
import type { ActBatch } from './act-batch';

/** A person takes a light away: its row stays, superseded; other systems, the people who were told and the ledger hear of it. */
export async function takeLightAway(
  transaction: StoreTransaction,
  row: LightChangeRow,
  because: 'appeal' | 'manual',
  shard: number,
  now: number,
  batch: ActBatch,
): Promise<void> {
  await supersedeLightChanges(transaction, [row.id], now, because);
  await insertOutbox(transaction, lightMessages(shard, [row], because, [], now));
  batch.tell({ ...lightNotice(shard, row), at: now, isWithdrawal: true });
  batch.record(...lightLedger(shard, [row], because, [], now));
}

/** A person gives a light: it goes the way of all light changes. */
export async function giveLight(
  transaction: StoreTransaction,
  change: NewLightChange,
  shard: number,
  now: number,
  batch: ActBatch,
): Promise<void> {
  await insertLightChanges(transaction, [change]);
  await insertOutbox(transaction, lightMessages(shard, [], 'manual', [change], now));
  batch.tell(lightNotice(shard, change));
  batch.record(...lightLedger(shard, [], 'manual', [change], now));
}
