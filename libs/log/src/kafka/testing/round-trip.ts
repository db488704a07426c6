import { randomBytes } from 'node:crypto';
import type { EventLog } from '../../event-log';

/** A topic that nobody else has. */
export function newTopic(): string {
  return `mingjian.test.${randomBytes(6).toString('hex')}`;
}

/** Writes one record to a topic of its own and reads what stands there. */
export async function roundTrip(log: EventLog): Promise<string[]> {
  const topic = newTopic();
  const values: string[] = [];
  await log.append(topic, [{ key: '办件', value: '办结' }]);
  await log
    .subscribe({
      group: 'g',
      topic,
      maxBatch: 1,
      handle: async ({ records }) => void values.push(...records.map(({ value }) => value)),
    })
    .drain();
  return values;
}
