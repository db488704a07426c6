import {
  partitionOfKey,
  type EventLog,
  type LogRecord,
  type NewRecord,
  type SubscribeOptions,
  type Subscription,
} from '@mingjian/log';
import type { Random } from '../../libs/simulator/src/random';
import type { Schedule } from './schedule';

/** What is broken on purpose, to see that the simulation notices. */
export type Sabotage = 'none' | 'deduplication' | 'offset-order' | 'outbox';

interface Member {
  actor: string;
  group: string;
  options: SubscribeOptions;
  held: number[];
  positions: Map<number, number>;
  generation: number;
  /** Generation in which the member was told what it holds. */
  told: number;
}

/** The brokers: what is written here has happened, whoever crashes. */
export class SimulatedBrokers {
  readonly topics = new Map<string, LogRecord[][]>();
  readonly committed = new Map<string, number>();
  /** How often each record was delivered. */
  readonly deliveries = new Map<string, number>();
  members: Member[] = [];
  private generation = 0;

  constructor(
    readonly partitions: number,
    readonly random: Random,
    readonly schedule: Schedule,
    readonly sabotage: Sabotage,
  ) {}

  write(topic: string, key: string, value: string, at: number): void {
    const partition = partitionOfKey(key, this.partitions);
    const records = this.recordsOf(topic, partition);
    records.push({ topic, partition, offset: records.length, key, value, appendedAt: at });
  }

  recordsOf(topic: string, partition: number): LogRecord[] {
    let partitions = this.topics.get(topic);
    if (partitions === undefined) {
      partitions = Array.from({ length: this.partitions }, () => []);
      this.topics.set(topic, partitions);
    }
    return partitions[partition]!;
  }

  /** Gives the partitions of every group anew to those who are there; the members hear of it later, each by itself. */
  rebalance(): void {
    this.generation++;
    this.schedule.note(`rebalance ${this.generation}`);
    for (const key of new Set(this.members.map(({ group, options }) => `${group} ${options.topic}`))) {
      const members = this.members.filter(({ group, options }) => `${group} ${options.topic}` === key);
      const first = this.random.integer(0, members.length - 1);
      for (const member of members) [member.held, member.generation] = [[], this.generation];
      for (let partition = 0; partition < this.partitions; partition++)
        members[(partition + first) % members.length]!.held.push(partition);
    }
  }

  leave(actor: string): void {
    this.members = this.members.filter((member) => member.actor !== actor);
    this.rebalance();
  }

  placeOf(group: string, topic: string, partition: number): string {
    return `${group} ${topic} ${partition}`;
  }
}

/** The log as one process sees it. */
export class SimulatedLog implements EventLog {
  readonly isShared = true;

  constructor(
    private readonly brokers: SimulatedBrokers,
    private readonly actor: string,
    private readonly now: () => number,
  ) {}

  get partitions(): number {
    return this.brokers.partitions;
  }

  partitionOf(key: string): number {
    return partitionOfKey(key, this.brokers.partitions);
  }

  /** May crash before and after it is written; may tell of an error although it was written, or in part. */
  async append(topic: string, records: readonly NewRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { schedule, random } = this.brokers;
    await schedule.gate(this.actor, `append ${records.length} to ${topic}`);
    const isLost = random.chance(0.05);
    const written = isLost ? records.slice(0, random.integer(0, records.length)) : records;
    for (const { key, value } of written) this.brokers.write(topic, key, value, this.now());
    await schedule.gate(this.actor, isLost ? 'append fails' : 'append acknowledged');
    if (isLost) throw new Error('the acknowledgement was lost');
  }

  subscribe(options: SubscribeOptions): Subscription {
    const { brokers, actor } = this;
    let isStarted = false;
    let stopped = false;
    const run = async (): Promise<void> => {
      const member: Member = {
        actor,
        group: options.group,
        options,
        held: [],
        positions: new Map(),
        generation: 0,
        told: 0,
      };
      brokers.members.push(member);
      brokers.rebalance();
      while (!stopped) {
        await brokers.schedule.gate(actor, `poll ${options.topic}`);
        await this.poll(member).catch(() => undefined);
      }
    };
    return {
      drain: () => Promise.reject(new Error('a simulated subscription is driven by its schedule')),
      start: () => {
        if (isStarted) return;
        isStarted = true;
        void run();
      },
      stop: () => {
        stopped = true;
        return Promise.resolve();
      },
      failed: new Promise<never>(() => undefined),
    };
  }

  lag(): Promise<Map<number, number>> {
    return Promise.resolve(new Map<number, number>());
  }

  rewind(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Hears of a new assignment, or handles one batch of one partition that it believes to hold. */
  private async poll(member: Member): Promise<void> {
    const { brokers, actor } = this;
    const { schedule, random } = brokers;
    const { options } = member;
    if (member.told !== member.generation) {
      const { generation, held } = member;
      const lost = [...member.positions.keys()].filter((partition) => !held.includes(partition));
      if (lost.length > 0) options.onRevoked?.(lost);
      const asked = held.length === 0 ? undefined : await options.onAssigned?.([...held]);
      // The store remembers how far it has come and would make the mistake good.
      const wanted = brokers.sabotage === 'offset-order' ? undefined : asked;
      // In the meantime it may have changed again: then nothing of this holds.
      if (generation !== member.generation) return;
      member.positions = new Map(
        held.map((partition) => {
          const place = brokers.placeOf(member.group, options.topic, partition);
          const committed = brokers.committed.get(place) ?? 0;
          return [partition, Math.min(committed, wanted?.get(partition) ?? committed)];
        }),
      );
      member.told = generation;
      schedule.note(`${actor}: holds ${held.join(',') || 'nothing'} of ${options.topic}`);
    }
    const waiting = [...member.positions].filter(
      ([partition, position]) => brokers.recordsOf(options.topic, partition).length > position,
    );
    if (waiting.length === 0) return;
    const [partition, position] = random.pick(waiting);
    const size = random.integer(1, options.maxBatch);
    const records = brokers.recordsOf(options.topic, partition).slice(position, position + size);
    const place = brokers.placeOf(member.group, options.topic, partition);
    const commit = (): void => {
      // A member of an older generation commits nothing: the brokers refuse it.
      if (member.told !== member.generation) return;
      brokers.committed.set(place, position + records.length);
    };
    if (brokers.sabotage === 'offset-order') commit();
    await options.handle({ topic: options.topic, partition, records: this.delivered(records) });
    await schedule.gate(actor, `commit ${options.topic}/${partition}`);
    commit();
    member.positions.set(partition, position + records.length);
  }

  private delivered(records: readonly LogRecord[]): LogRecord[] {
    if (this.brokers.sabotage !== 'deduplication') return [...records];
    // What comes again claims to be another event.
    return records.map((record) => {
      const event = JSON.parse(record.value) as { id: string };
      const times = this.brokers.deliveries.get(record.value) ?? 0;
      this.brokers.deliveries.set(record.value, times + 1);
      return times === 0
        ? record
        : { ...record, value: JSON.stringify({ ...event, id: `${event.id}~${times}` }) };
    });
  }
}
