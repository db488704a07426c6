import { TOPICS } from '@mingjian/contracts';
import type { EventLog, LogBatch } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import { loadSetting, saveSettings, type Store, type StoreTransaction } from '@mingjian/store';

/** The next offset of a partition that the store does not know yet. */
export interface IntakePosition {
  topic: string;
  partition: number;
  nextOffset: number;
}

const nameOf = (topic: string, partition: number): string => `intake-position/${topic}/${partition}`;

/** Where batches end, once they are taken; an empty one has no end. */
export function positionsAfter(batches: readonly LogBatch[]): IntakePosition[] {
  return batches.flatMap(({ topic, partition, records }) => {
    const last = records[records.length - 1];
    return last === undefined ? [] : [{ topic, partition, nextOffset: last.offset + 1 }];
  });
}

/** Remembers, in the transaction that takes the records, how far the store has come in these partitions. */
export async function savePositions(
  transaction: StoreTransaction,
  positions: readonly IntakePosition[],
): Promise<void> {
  await saveSettings(
    transaction,
    positions.map(({ topic, partition, nextOffset }) => ({
      name: nameOf(topic, partition),
      value: String(nextOffset),
    })),
  );
}

/** Per partition, the next offset that the store does not know yet. */
export async function positionsOf(
  store: Store,
  topic: string,
  partitions: readonly number[],
): Promise<Map<number, number>> {
  const positions = new Map<number, number>();
  for (const partition of partitions)
    positions.set(partition, Number((await loadSetting(store, nameOf(topic, partition))) ?? 0));
  return positions;
}

/**
 * Sets the group back wherever it has committed more than the store knows: a store that was lost, or came back from a
 * backup, is filled again from the log. Repeats change nothing.
 */
export async function followStore(log: EventLog, store: Store, group: string, logger: Logger): Promise<void> {
  for (const topic of [TOPICS.stepEvents, TOPICS.quarantine, TOPICS.sourceHeartbeats, TOPICS.complaints]) {
    const partitions: number[] = [];
    for (let partition = 0; partition < log.partitions; partition++) {
      const known = (await positionsOf(store, topic, [partition])).get(partition) ?? 0;
      if (await log.rewind(group, topic, partition, known)) partitions.push(partition);
    }
    if (partitions.length > 0)
      logger.warn({ topic, partitions }, 'The store is behind the log; its records are read again.');
  }
}
