import { randomBytes } from 'node:crypto';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { listFeedStates, requestOfFeed } from '@mingjian/store';
import { TOPICS, type SourceClockReading } from '@mingjian/contracts';
import { createLogger, SystemClock } from '@mingjian/runtime';
import { describeWithServices } from '../../../../../test/services/with-services';
import { SourceClocks } from '../../source-health/source-clocks';
import { collectLog, collectTopic } from '../../testing/collect-log';
import { EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';

describeWithServices('a feed of a department’s own topic', ['kafka'], ({ kafka: { brokers } }) => {
  const kafka = new Kafka({ clientId: 'department', brokers, logLevel: logLevel.NOTHING });
  let site: FeedSite;
  let topic: string;
  let producer: Producer;
  beforeEach(async () => {
    topic = `dept.test.${randomBytes(6).toString('hex')}`;
    site = await FeedSite.open(new SystemClock());
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    site.write(
      'feed.yaml',
      `
feed: housing-topic
kind: topic
mapping: mapping.yaml
brokers: ${JSON.stringify(brokers)}
topic: ${topic}
group: ${topic}
batch: 10
`,
    );
    const admin = kafka.admin();
    await admin.connect();
    // Some messages here are months old: brokers would remove them while they are read.
    const configEntries = [{ name: 'retention.ms', value: '-1' }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, configEntries }], waitForLeaders: true });
    await admin.disconnect();
    producer = kafka.producer();
    await producer.connect();
  });
  afterEach(async () => {
    await producer.disconnect();
    await site.dispose();
  });

  const send = (...values: (object | string | null)[]) =>
    producer.send({
      topic,
      messages: values.map((value, n) => ({
        key: String(n),
        value: value === null || typeof value === 'string' ? value : JSON.stringify(value),
      })),
    });
  const row = (no: string) => ({ YWLSH: no, SLSJ: '2026-09-14 10:00:00', BJSJ: null, BLR: '0417' });
  const known = async (): Promise<string[]> =>
    (await site.standing()).map((line) => line.split(' ')[0] ?? '');

  it('brings in what is there and what comes later, and keeps what is no record with its offset', async () => {
    const numbers = Array.from({ length: 45 }, (_, n) => `C-${10 + n}`);
    await send(...numbers.map(row));
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-topic')).toMatchObject({ outcome: 'done', waiting: 0 });
    await send('{ broken', null, row('C-99'));
    expect(await runner.runOnce('housing-topic')).toMatchObject({ outcome: 'done', waiting: 0 });
    expect(await known()).toEqual([...numbers, 'C-99']);
    // The group may be given its partitions anew before it has committed: then the same is read, and said, again.
    expect(await site.contradictions()).toEqual([]);
    const { rejected } = await site.published();
    expect([...new Set(rejected)]).toEqual([expect.stringMatching(new RegExp(`^${topic}/\\d@\\d+$`))]);
    await runner.stop();
  });

  it('runs on by itself, hears that it is to stop, and leaves the rest to the next process', async () => {
    const first = site.runner('feed.yaml', { owner: 'first' });
    await first.start();
    await send(row('C-1'));
    while ((await known()).length < 1) await nextLook();
    await first.stop();
    await send(row('C-2'));
    const second = site.runner('feed.yaml', { owner: 'second' });
    expect(await second.runOnce('housing-topic')).toMatchObject({ outcome: 'done' });
    expect(await known()).toEqual(['C-1', 'C-2']);
    expect(await site.contradictions()).toEqual([]);
    await second.stop();
  });

  it('reads again from an instant that an operator names', async () => {
    await send(row('C-1'));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-topic');
    const request = JSON.stringify({ from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' });
    await site.store.write((tx) => requestOfFeed(tx, 'housing-topic', request));
    const before = (await site.published()).repeats;
    expect(await runner.runOnce('housing-topic')).toMatchObject({ outcome: 'done' });
    expect(await known()).toEqual(['C-1']);
    expect((await site.published()).repeats).toBeGreaterThan(before);
    expect((await listFeedStates(site.store))[0]?.request).toBe('');
    await runner.stop();
  });

  it('stops at the end of a period that an operator names, says so, and goes on where it was', async () => {
    const day = (n: number): number => Date.parse(`2026-09-${10 + n}T02:00:00Z`);
    const messages = [1, 2, 3, 4, 5].flatMap((n) =>
      Array.from({ length: 6 }, (_, k) => ({
        key: String(k),
        partition: k % 3,
        timestamp: String(day(n)),
        value: JSON.stringify(row(`C-${n}${k}`)),
      })),
    );
    for (const message of messages) await producer.send({ topic, messages: [message] });
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-topic');
    const times = async (): Promise<Map<string, number>> => {
      const counted = new Map<string, number>();
      for (const { subject } of (await collectLog(site.log)).events)
        counted.set(subject, (counted.get(subject) ?? 0) + 1);
      return counted;
    };
    const before = await times();
    const request = { from: new Date(day(2)).toISOString(), until: new Date(day(4)).toISOString() };
    await site.store.write((tx) => requestOfFeed(tx, 'housing-topic', JSON.stringify(request)));
    await send(row('C-99'));
    expect(await runner.runOnce('housing-topic')).toMatchObject({ outcome: 'done', waiting: 0 });
    const again = [...(await times())].flatMap(([no, count]) => (count > (before.get(no) ?? 0) ? [no] : []));
    const wanted = [2, 3].flatMap((n) => Array.from({ length: 6 }, (_, k) => `C-${n}${k}`));
    expect(again.sort()).toEqual([...wanted, 'C-99']);
    expect((await listFeedStates(site.store))[0]?.request).toBe('');
    expect(site.lines.filter((line) => line.includes('has come to the end of its period'))).toHaveLength(1);
    await runner.stop();
  });

  it('tells by how much the clock of its messages is off, once it reads them as they come', async () => {
    const runner = site.runner('feed.yaml', {
      clocks: new SourceClocks(site.log, createLogger({ level: 'silent' })),
    });
    await send(row('C-1'));
    await runner.start();
    const readings = async (): Promise<SourceClockReading[]> =>
      collectTopic<SourceClockReading>(site.log, TOPICS.sourceHeartbeats);
    for (let n = 2; (await readings()).length === 0; n++) {
      const value = JSON.stringify(row(`C-${n}`));
      await producer.send({
        topic,
        messages: [{ key: '0', value, timestamp: String(new SystemClock().now() + 3_600_000) }],
      });
      await nextLook();
    }
    const [reading] = await readings();
    expect(reading).toMatchObject({
      source: 'urn:dept:420684:housing',
      data: { way: 'topic', withinMs: null },
    });
    const offset = Date.parse(reading?.time ?? '') - Date.parse(reading?.receivedat ?? '');
    expect(offset).toBeGreaterThan(3_500_000);
    expect(offset).toBeLessThanOrEqual(3_600_000);
    await runner.stop();
  });

  it('does not make a topic that is not there, and says so', async () => {
    site.write('feed.yaml', site.read('feed.yaml').replace(`topic: ${topic}`, `topic: ${topic}.other`));
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-topic')).toMatchObject({ outcome: 'failed' });
    expect((await listFeedStates(site.store))[0]?.lastError).toContain(`There is no topic ${topic}.other`);
    await runner.stop();
  });
});

function nextLook(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
