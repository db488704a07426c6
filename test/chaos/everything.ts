import type { EventLog, LogRecord } from '@mingjian/log';

/** Everything that stands in a topic, in order within each partition. */
export async function everythingIn(log: EventLog, topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const subscription = log.subscribe({
    group: `reader-${process.pid}-${readers++}`,
    topic,
    maxBatch: 5_000,
    handle: async (batch) => void records.push(...batch.records),
  });
  await subscription.drain();
  await subscription.stop();
  return records;
}

let readers = 0;
