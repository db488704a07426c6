import type { Asking } from './asking';

/** The next offset of a group by partition; one of which the group has committed nothing is missing. `groupId`: as Kafka knows it. */
export async function committedOffsets(
  brokers: Asking,
  groupId: string,
  topic: string,
): Promise<Map<number, number>> {
  const [found] = await brokers.ask((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
  const places = (found?.partitions ?? []).map(({ partition, offset }): [number, number] => [
    partition,
    Number(offset),
  ]);
  return new Map(places.filter(([, offset]) => offset >= 0));
}
