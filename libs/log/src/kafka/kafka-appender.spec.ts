import type { Kafka, ProducerBatch, RecordMetadata } from 'kafkajs';
import { KafkaAppender } from './kafka-appender';
import type { KafkaTopics } from './kafka-topics';

/** Brokers in memory: they note every request, and answer it when the test says so. */
function setup() {
  const requests: {
    producer: number;
    values: string[];
    answer: (error?: Error, acknowledges?: (partition: number) => boolean) => void;
  }[] = [];
  let producers = 0;
  let arrived: () => void = () => undefined;
  const kafka = {
    producer: () => {
      const producer = ++producers;
      return {
        connect: async () => undefined,
        disconnect: async () => undefined,
        sendBatch: ({ topicMessages = [] }: ProducerBatch) =>
          new Promise<RecordMetadata[]>((resolve, reject) => {
            const messages = topicMessages.flatMap(({ topic, messages }) =>
              messages.map((message) => ({ topicName: topic, ...message })),
            );
            requests.push({
              producer,
              values: messages.map(({ value }) => String(value)),
              answer: (error, acknowledges = () => true) => {
                if (error !== undefined) reject(error);
                else
                  resolve(
                    messages
                      .map(({ topicName, partition = 0 }) => ({ topicName, partition, errorCode: 0 }))
                      .filter(({ partition }) => acknowledges(partition)),
                  );
              },
            });
            arrived();
          }),
      };
    },
  } as unknown as Kafka;
  const appender = new KafkaAppender({
    kafka,
    retry: {},
    topics: { ensure: async () => undefined } as unknown as KafkaTopics,
    compression: 'none',
    partitionOf: (key) => Number(key),
  });
  return {
    requests,
    append: (...values: string[]) =>
      appender.append(
        't',
        values.map((value) => ({ key: '0', value })),
      ),
    appendTo: (partitions: readonly number[]) =>
      appender.append(
        't',
        partitions.map((partition) => ({ key: String(partition), value: `of ${partition}` })),
      ),
    close: () => appender.close(),
    untilRequest: async (count: number): Promise<void> => {
      while (requests.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    },
  };
}

describe('the appender', () => {
  it('has one request under way, and sends what came meanwhile together with the next', async () => {
    const { requests, append, untilRequest } = setup();
    const first = append('1');
    await untilRequest(1);
    const rest = [append('2'), append('3', '4')];
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toHaveLength(1);
    requests[0]?.answer();
    await first;
    await untilRequest(2);
    requests[1]?.answer();
    await Promise.all(rest);
    expect(requests.map(({ values }) => values)).toEqual([['1'], ['2', '3', '4']]);
  });

  it('tells who appended that it failed, and goes on with another producer: the numbers of this one are in doubt', async () => {
    const { requests, append, untilRequest } = setup();
    const lost = append('1');
    await untilRequest(1);
    const kept = append('2');
    requests[0]?.answer(new Error('the leader is away'));
    await expect(lost).rejects.toThrow('the leader is away');
    await untilRequest(2);
    requests[1]?.answer();
    await kept;
    expect(requests.map(({ producer }) => producer)).toEqual([1, 2]);
  });

  it('sends again, by the same producer, the partitions that the acknowledgement does not speak of', async () => {
    const { requests, appendTo, untilRequest } = setup();
    const appended = appendTo([0, 1, 2]);
    await untilRequest(1);
    requests[0]?.answer(undefined, (partition) => partition !== 1);
    await untilRequest(2);
    requests[1]?.answer();
    await appended;
    expect(requests.map(({ values }) => values)).toEqual([['of 0', 'of 1', 'of 2'], ['of 1']]);
    expect(requests.map(({ producer }) => producer)).toEqual([1, 1]);
  });

  it('says so when a partition stays without acknowledgement', async () => {
    const { requests, appendTo, untilRequest } = setup();
    const appended = appendTo([7]);
    const failure = appended.catch((error: Error) => error.message);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await untilRequest(attempt);
      requests[attempt - 1]?.answer(undefined, () => false);
    }
    expect(await failure).toContain('did not acknowledge partition 7 of t');
  });

  it('cuts what is too much for one request, and keeps the order', async () => {
    const { requests, append, untilRequest } = setup();
    const megabyte = 'x'.repeat(1024 ** 2);
    const done = append(...['1', '2', '3', '4', '5'].map((n) => n + megabyte));
    await untilRequest(1);
    requests[0]?.answer();
    await untilRequest(2);
    requests[1]?.answer();
    await done;
    const heads = requests.map(({ values }) => values.map((value) => value[0]));
    expect(heads).toEqual([
      ['1', '2', '3'],
      ['4', '5'],
    ]);
  });

  it('sends what was appended before it is closed', async () => {
    const { requests, append, close, untilRequest } = setup();
    const appended = append('1');
    const closed = close();
    await untilRequest(1);
    requests[0]?.answer();
    await Promise.all([appended, closed]);
    await expect(append('2')).rejects.toThrow('The event log is closed.');
  });
});
