import { TOPICS, type QuarantineRecord, type StepEvent, type Topic } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';

/** Everything that stands in a topic now, parsed, in order of partition and offset. */
export async function collectTopic<T>(log: EventLog, topic: Topic): Promise<T[]> {
  const values: T[] = [];
  await log
    .subscribe({
      group: `test-${Math.random()}`,
      topic,
      maxBatch: 5000,
      handle: async (batch) => {
        for (const { value } of batch.records) values.push(JSON.parse(value) as T);
      },
    })
    .drain();
  return values;
}

/** Everything that stands in the log now. */
export async function collectLog(
  log: EventLog,
): Promise<{ events: StepEvent[]; quarantine: QuarantineRecord[] }> {
  return {
    events: await collectTopic<StepEvent>(log, TOPICS.stepEvents),
    quarantine: await collectTopic<QuarantineRecord>(log, TOPICS.quarantine),
  };
}
