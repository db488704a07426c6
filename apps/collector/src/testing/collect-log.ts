import { TOPICS, type QuarantineRecord, type StepEvent } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';

/** Everything that stands in the log now, parsed, in order of partition and offset. */
export async function collectLog(
  log: EventLog,
): Promise<{ events: StepEvent[]; quarantine: QuarantineRecord[] }> {
  const read = async <T>(topic: string): Promise<T[]> => {
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
  };
  return {
    events: await read<StepEvent>(TOPICS.stepEvents),
    quarantine: await read<QuarantineRecord>(TOPICS.quarantine),
  };
}
