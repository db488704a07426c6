import type { TopicFeed } from '@mingjian/contracts';
import { Asking, committedOffsets, mayPass } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { type Acceptance, type Mapping, mapRecord, parseJson, refuseMalformed } from '@mingjian/mapping';
import type { FeedReader, FeedRun, FeedSession } from '../run/feed';
import { TopicBackfill } from './topic-backfill';
import { topicClient } from './topic-client';

/** How often it is looked how far the group has come. */
const LOOK_MS = 1_000;
/** How long a fetch waits for news at the broker. */
const FETCH_WAIT_MS = 500;
/** How often one run joins the group again because the brokers did not know it yet; the client pauses in between. */
const MOST_RESTARTS = 10;

/**
 * Reads a department's own Kafka topic: one JSON record a message.
 * Guarantees: the group's offset is committed after the events of the messages are durable in our log: a crash in between
 * reads them again, which does no harm. Nothing is written to the department's brokers but the offsets of the group; no
 * topic is made. A message that is no JSON goes into quarantine with its partition and offset and stops no other.
 */
export class TopicReader implements FeedReader {
  /** Whether this run has once read all that there was. */
  private hasCaughtUp = false;

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
      const backfill =
        session.state.request === ''
          ? null
          : await TopicBackfill.begin(this.document, brokers, session, this.logger);
      return await this.consume(kafka, brokers, session, backfill);
    } finally {
      await brokers.close();
    }
  }

  private async consume(
    kafka: Kafka,
    brokers: Asking,
    session: FeedSession,
    backfill: TopicBackfill | null,
  ): Promise<FeedRun> {
    const { topic, group } = this.document;
    let restarts = 0;
    this.hasCaughtUp = false;
    const consumer = kafka.consumer({
      groupId: group,
      allowAutoTopicCreation: false,
      // Leaving the group waits for the fetch under way.
      maxWaitTimeInMs: FETCH_WAIT_MS,
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
        eachBatch: (payload) => this.take(payload, session, consumer, backfill),
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
        this.hasCaughtUp = true;
        await session.caughtUp(0);
      }
      await pause(LOOK_MS, session.signal);
    }
  }

  private async take(
    payload: EachBatchPayload,
    session: FeedSession,
    consumer: Consumer,
    backfill: TopicBackfill | null,
  ): Promise<void> {
    const { topic, partition } = payload.batch;
    const window = backfill?.windowOf(partition) ?? null;
    const { batch: most } = this.document;
    const messages =
      window === null
        ? payload.batch.messages
        : payload.batch.messages.filter(({ offset }) => Number(offset) < window.until);
    if (window === null) await this.tellClock(payload, session);
    for (let from = 0; from < messages.length; from += most) {
      if (session.isEnding || !payload.isRunning() || payload.isStale()) return;
      await this.deliver(messages.slice(from, from + most), payload, session);
    }
    const next = Number(payload.batch.messages.at(-1)?.offset ?? -1) + 1;
    if (window === null || backfill === null || next < window.until) return;
    const offset = String(window.back);
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    await backfill.finish(partition, session);
    consumer.seek({ topic, partition, offset });
  }

  private async deliver(
    messages: readonly KafkaMessage[],
    payload: EachBatchPayload,
    session: FeedSession,
  ): Promise<void> {
    const { topic, partition } = payload.batch;
    const last = messages.at(-1);
    if (last === undefined) return;
    const acceptances = messages.flatMap(({ value, offset }) =>
      this.decide(value, `${topic}/${partition}@${offset}`, session),
    );
    await session.deliver({ acceptances, read: messages.length, changed: messages.length });
    payload.resolveOffset(last.offset);
    const offset = String(BigInt(last.offset) + 1n);
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    await payload.heartbeat();
  }

  /**
   * What the clock of the brokers or of their producers says, by the last message of a topic that has been read to its end
   * since the run began: only such a message was not under way for long.
   */
  private async tellClock({ batch }: EachBatchPayload, session: FeedSession): Promise<void> {
    const last = batch.messages.at(-1);
    if (!this.hasCaughtUp || last === undefined) return;
    if (Number(last.offset) + 1 < Number(batch.highWatermark)) return;
    const at = Number(last.timestamp);
    // -1: written by a client that stamps nothing.
    if (at > 0) await session.tellClock('topic', at, null);
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
    const { topic, group } = this.document;
    const ends = await brokers.ask((admin) => admin.fetchTopicOffsets(topic));
    const places = await committedOffsets(brokers, group, topic);
    return ends.reduce((sum, { partition, high, low }) => {
      const place = places.get(partition) ?? -1;
      return sum + Math.max(0, Number(high) - Math.max(place, Number(low)));
    }, 0);
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
