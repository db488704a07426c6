import type { TopicFeed } from '@mingjian/contracts';
import { Asking, mayPass } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { refuseMalformed, type Acceptance } from '../../intake/accept-record';
import { parseJson } from '../../intake/parse-json';
import { mapRecord } from '../../mapping/map-record';
import type { Mapping } from '../../mapping/mapping';
import type { FeedReader, FeedRun, FeedSession } from '../run/feed';
import { topicClient } from './topic-client';

/** How often it is looked how far the group has come. */
const LOOK_MS = 1_000;
/** How often one run joins the group again because the brokers did not know it yet; the client pauses in between. */
const MOST_RESTARTS = 10;

/**
 * Reads a department's own Kafka topic: one JSON record a message.
 * Guarantees: the group's offset is committed after the events of the messages are durable in our log: a crash in between
 * reads them again, which does no harm. Nothing is written to the department's brokers but the offsets of the group; no
 * topic is made. A message that is no JSON goes into quarantine with its partition and offset and stops no other.
 */
export class TopicReader implements FeedReader {
  constructor(
    readonly document: TopicFeed,
    private readonly mapping: Mapping,
    private readonly logger: Logger,
  ) {}

  async run(session: FeedSession): Promise<FeedRun> {
    const kafka = topicClient(this.document, this.logger);
    const brokers = new Asking(kafka);
    try {
      await this.requireTopic(brokers);
      if (session.state.request !== '') await this.rewind(brokers, session);
      return await this.consume(kafka, brokers, session);
    } finally {
      await brokers.close();
    }
  }

  private async consume(kafka: Kafka, brokers: Asking, session: FeedSession): Promise<FeedRun> {
    const { topic, group } = this.document;
    let restarts = 0;
    const consumer = kafka.consumer({
      groupId: group,
      allowAutoTopicCreation: false,
      retry: {
        retries: 5,
        // Brokers that have just started pass. Else starting anew is the runner's business, with its back-off and metric.
        restartOnFailure: async (error) => mayPass(error) && ++restarts <= MOST_RESTARTS,
      },
    });
    const crash = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
    });
    crash.catch(() => undefined);
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.take(payload, session),
      });
      return await Promise.race([crash, this.untilDone(brokers, session)]);
    } finally {
      await consumer.disconnect().catch(() => undefined);
    }
  }

  /** Resolves when nothing is left, or, of a continuous run, when the session is ending. */
  private async untilDone(brokers: Asking, session: FeedSession): Promise<FeedRun> {
    for (;;) {
      const waiting = await this.waiting(brokers);
      if (session.isEnding) return { waiting };
      if (waiting === 0) {
        if (!session.isContinuous) return { waiting };
        await session.caughtUp(0);
      }
      await pause(LOOK_MS, session.signal);
    }
  }

  private async take(payload: EachBatchPayload, session: FeedSession): Promise<void> {
    const { batch } = payload;
    const { batch: most } = this.document;
    for (let from = 0; from < batch.messages.length; from += most) {
      if (session.isEnding || !payload.isRunning() || payload.isStale()) return;
      const messages = batch.messages.slice(from, from + most);
      const last = messages.at(-1);
      if (last === undefined) return;
      const acceptances = messages.flatMap(({ value, offset }) =>
        this.decide(value, `${batch.topic}/${batch.partition}@${offset}`, session),
      );
      await session.deliver({ acceptances, read: messages.length, changed: messages.length });
      payload.resolveOffset(last.offset);
      const offset = String(BigInt(last.offset) + 1n);
      await payload.commitOffsetsIfNecessary({
        topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
      });
      await payload.heartbeat();
    }
  }

  private decide(value: Buffer | null, place: string, session: FeedSession): Acceptance[] {
    // A message without a value deletes its key in a compacted topic: it says nothing that happened.
    if (value === null) return [];
    const raw = value.toString('utf8');
    const context = session.context(raw, place);
    const parsed = parseJson(raw, place);
    if (!parsed.ok) return [refuseMalformed(parsed.problem, context)];
    const { input } = this.document;
    const record = input === undefined ? parsed.value : { [input]: parsed.value };
    return mapRecord(record, this.mapping, context).map(({ acceptance }) => acceptance);
  }

  /** Messages that the group has not committed. */
  private async waiting(brokers: Asking): Promise<number> {
    const ends = await brokers.ask((admin) => admin.fetchTopicOffsets(this.document.topic));
    const places = await this.committed(brokers);
    return ends.reduce((sum, { partition, high, low }) => {
      const place = places.get(partition) ?? -1;
      return sum + Math.max(0, Number(high) - Math.max(place, Number(low)));
    }, 0);
  }

  /** The next offset of the group by partition; -1 where it has none. */
  private async committed(brokers: Asking): Promise<ReadonlyMap<number, number>> {
    const { topic, group } = this.document;
    const [found] = await brokers.ask((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
    return new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  /** Sets the group back to what an operator asked for; a place that is not later stays. */
  private async rewind(brokers: Asking, session: FeedSession): Promise<void> {
    const { topic, group } = this.document;
    const { from } = JSON.parse(session.state.request) as { from: string };
    const at = Date.parse(from);
    if (Number.isNaN(at)) throw new Error(`The backfill of a topic begins at a time; ${from} is none.`);
    const wanted = await brokers.ask((admin) => admin.fetchTopicOffsetsByTimestamp(topic, at));
    const places = await this.committed(brokers);
    const partitions = wanted.filter(
      ({ partition, offset }) => Number(offset) < (places.get(partition) ?? -1),
    );
    if (partitions.length > 0)
      await brokers.ask((admin) => admin.setOffsets({ groupId: group, topic, partitions }));
    await session.deliver({ acceptances: [], read: 0, changed: 0, request: '' });
  }

  private async requireTopic(brokers: Asking): Promise<void> {
    const { topic } = this.document;
    const topics = await brokers.ask((admin) => admin.listTopics());
    if (!topics.includes(topic))
      throw new Error(
        `There is no topic ${topic} on ${this.document.brokers.join(',')}, or this user may not see it.`,
      );
  }
}

/** Waits on the machine's clock: what it waits for is in another process, which knows no other. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
