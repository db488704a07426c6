import type { Kafka } from 'kafkajs';
import type { Asking } from './asking';

/** Longest wait of the short membership in which the place is set. */
const FETCH_WAIT_MS = 50;

/**
 * Sets a group's place in a partition. Only a member may commit, so this joins for a moment, reads nothing, and leaves.
 * @throws Error when the group has members: what they commit would overtake the new place.
 */
export async function rewindGroup(
  kafka: Kafka,
  brokers: Asking,
  place: { groupId: string; topic: string; partition: number; offset: number },
): Promise<void> {
  const { groupId, topic, partition, offset } = place;
  const [group] = (await brokers.ask((admin) => admin.describeGroups([groupId]))).groups;
  if (group !== undefined && group.members.length > 0)
    throw new Error(
      `Group ${groupId} is being read by ${group.members.length} consumers; stop them, then set it back.`,
    );
  const consumer = kafka.consumer({
    groupId,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    allowAutoTopicCreation: false,
  });
  let fetched: () => void = () => undefined;
  const hasJoined = new Promise<void>((resolve) => (fetched = resolve));
  let crashed: (error: Error) => void = () => undefined;
  const hasCrashed = new Promise<never>((_, reject) => (crashed = reject));
  hasCrashed.catch(() => undefined);
  consumer.on(consumer.events.FETCH_START, () => fetched());
  consumer.on(consumer.events.CRASH, ({ payload }) => crashed(payload.error));
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
    consumer.pause([{ topic }]);
    await Promise.race([hasJoined, hasCrashed]);
    await consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
  } finally {
    await consumer.disconnect();
  }
}
