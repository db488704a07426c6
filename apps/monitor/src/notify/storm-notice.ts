import { enqueueNotices, type StoreTransaction } from '@mingjian/store';

const HOUR_MS = 3_600_000;

/** Tells those who run the supervision that notices are held and wait for them: once an hour at most. */
export function stormNotice(
  transaction: StoreTransaction,
  shard: number,
  storm: { notices: number; withinMinutes: number },
  now: number,
): Promise<void> {
  return enqueueNotices(
    transaction,
    [
      {
        key: `system/storm/${shard}/${Math.floor(now / HOUR_MS)}`,
        kind: 'system',
        grade: 'red',
        department: null,
        subject: `${storm.withinMinutes}分钟内的提醒超过${storm.notices}条，已暂缓发送，等待人工放行`,
        facts: { title: '提醒暂缓发送', reason: 'storm', count: storm.notices },
        at: now,
        shard,
      },
    ],
    now,
  );
}
