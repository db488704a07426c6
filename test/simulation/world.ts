import { join } from 'node:path';
import { TOPICS, type StepEvent } from '@mingjian/contracts';
import { createLogger } from '@mingjian/runtime';
import { deleteOutbox, outboxDepth, waitingOutbox } from '@mingjian/store';
import { Registry } from 'prom-client';
import { Publisher } from '../../apps/collector/src';
import { Monitor } from '../../apps/monitor/src/monitor';
import { MONITOR_DEFAULTS } from '../../apps/monitor/src/monitor-settings';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';
import type { Random } from '../../libs/simulator/src/random';
import { TOWN_END, TOWN_START } from './random-town';
import { Schedule } from './schedule';
import type { Ground } from './simulate';
import { SimulatedBrokers, SimulatedLog, type Sabotage } from './simulated-log';
import { simulatedStore } from './simulated-store';

const PARTITIONS = 2;
const MONITORS = 2;
const HOUR = 3_600_000;
/** A run that does not come to rest after so many steps never will. */
const MOST_STEPS_TO_REST = 20_000;

interface Process {
  actor: string;
  monitor: Monitor;
  clock: TestClock;
  skewMs: number;
}

/** Everything of one run, and the hand of chance over it. */
export class World {
  readonly schedule: Schedule;
  readonly brokers: SimulatedBrokers;
  private readonly processes: (Process | null)[] = Array.from({ length: MONITORS }, () => null);
  private readonly arriving: StepEvent[];
  private incarnation = 0;
  private now = TOWN_START;
  private collector: string | null = null;
  private isPublishing = false;

  constructor(
    private readonly ground: Ground,
    private readonly random: Random,
    town: readonly StepEvent[],
    private readonly sabotage: Sabotage,
  ) {
    this.schedule = new Schedule(random);
    this.brokers = new SimulatedBrokers(PARTITIONS, random, this.schedule, sabotage);
    // Sources send some things twice, and what they send arrives when it was received: late, and in another order.
    this.arriving = [...town, ...town.filter(() => random.chance(0.2))].sort((a, b) =>
      a.receivedat! < b.receivedat! ? -1 : a.receivedat! > b.receivedat! ? 1 : 0,
    );
  }

  /** @returns why it did not come to rest; null when it did. */
  async run(): Promise<string | null> {
    for (let place = 0; place < MONITORS; place++) await this.startMonitor(place);
    const steps = this.random.integer(150, 500);
    for (let step = 0; step < steps; step++) await this.anything();
    return this.comeToRest();
  }

  /** Ends everybody: a transaction that stands half-way would keep the next run out of the database. */
  async end(): Promise<void> {
    for (const process of this.processes) if (process !== null) this.schedule.crash(process.actor);
    this.crashCollector();
    await this.schedule.settle();
  }

  private async anything(): Promise<void> {
    const { random } = this;
    const roll = random.next();
    const place = random.integer(0, MONITORS - 1);
    const running = this.processes[place] ?? null;
    if (roll < 0.7) return this.schedule.step();
    if (roll < 0.8) return this.publish();
    if (roll < 0.86) return this.advance(random.integer(1, 30) * HOUR);
    if (roll < 0.9) return this.touch(() => running?.monitor.timer.sweepNow());
    if (roll < 0.94) return this.touch(() => running?.monitor.outbox.wake());
    if (roll < 0.96) return running === null ? this.startMonitor(place) : this.crashMonitor(place, running);
    if (roll < 0.97) return this.crashCollector();
    if (roll < 0.98) return this.brokers.rebalance();
    if (roll < 0.99 && running !== null) running.skewMs = random.integer(-10, 10) * 60_000;
    return this.advance(0);
  }

  /** Repairs everything, lets time pass beyond the last due instant, and waits until nobody has anything to do. */
  private async comeToRest(): Promise<string | null> {
    this.schedule.note('come to rest');
    for (let place = 0; place < MONITORS; place++)
      if (this.processes[place] === null) await this.startMonitor(place);
    this.brokers.rebalance();
    for (const process of this.processes) if (process !== null) process.skewMs = 0;
    await this.advance(TOWN_END - this.now);
    for (let step = 0; step < MOST_STEPS_TO_REST; step++) {
      await this.publish();
      await this.schedule.step();
      if (step % 50 !== 49) continue;
      if (step % 200 === 199)
        for (const process of this.processes) {
          await this.touch(() => process?.monitor.timer.sweepNow());
          await this.touch(() => process?.monitor.outbox.wake());
        }
      if (await this.isAtRest()) return null;
    }
    return 'the flow does not come to rest';
  }

  private async isAtRest(): Promise<boolean> {
    if (this.arriving.length > 0 || this.isPublishing) return false;
    for (const { group, options, told, generation } of this.brokers.members) {
      if (told !== generation) return false;
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const end = this.brokers.recordsOf(options.topic, partition).length;
        const place = this.brokers.placeOf(group, options.topic, partition);
        if ((this.brokers.committed.get(place) ?? 0) < end) return false;
      }
    }
    const { store } = this.ground;
    const due = await store.query(
      "SELECT case_no FROM case_file WHERE next_change_at <= '2026-12-01 00:00:00.000' LIMIT 1",
    );
    return due.length === 0 && (await outboxDepth(store)).waiting === 0;
  }

  /** The collector sends what has arrived by now, and again what was not acknowledged. */
  private async publish(): Promise<void> {
    if (this.isPublishing) return;
    const ready = this.arriving.filter(({ receivedat }) => Date.parse(receivedat!) <= this.now);
    const batch = ready.slice(0, this.random.integer(1, 5));
    if (batch.length === 0) return;
    const actor = (this.collector ??= `collector#${++this.incarnation}`);
    const publisher = new Publisher(new SimulatedLog(this.brokers, actor, () => this.now), 3, null);
    this.isPublishing = true;
    const sent = publisher
      .publish(
        batch.map((event) => ({ ok: true, event })),
        'http',
      )
      // The source is told of the error and sends again.
      .then(
        () =>
          this.arriving.splice(
            0,
            this.arriving.length,
            ...this.arriving.filter((event) => !batch.includes(event)),
          ),
        () => undefined,
      );
    await this.touch(() => sent.finally(() => (this.isPublishing = false)));
  }

  private crashCollector(): void {
    if (this.collector === null) return;
    this.schedule.crash(this.collector);
    this.collector = null;
    this.isPublishing = false;
  }

  private async startMonitor(place: number): Promise<void> {
    const actor = `monitor-${place + 1}#${++this.incarnation}`;
    this.schedule.note(`start ${actor}`);
    const clock = new TestClock(this.now);
    const monitor = new Monitor({
      store: simulatedStore(this.ground.store, actor, this.schedule),
      log: new SimulatedLog(this.brokers, actor, () => this.now),
      clock,
      wall: clock,
      settings: {
        ...MONITOR_DEFAULTS,
        rulesets: join(this.ground.dir, 'rulesets'),
        calendars: join(this.ground.dir, 'calendar.yaml'),
        intakeBatch: this.random.integer(1, 4),
        sweepBatch: this.random.integer(1, 3),
      },
      registry: new Registry(),
      logger: createLogger({ level: 'silent' }),
    });
    if (this.sabotage === 'outbox') this.forgetBeforeSending(monitor, actor);
    await this.schedule.letThrough(actor, () => monitor.load());
    this.processes[place] = { actor, monitor, clock, skewMs: 0 };
    await this.touch(() => monitor.start());
  }

  private crashMonitor(place: number, { actor }: Process): void {
    this.schedule.crash(actor);
    this.processes[place] = null;
    this.brokers.leave(actor);
  }

  private async advance(ms: number): Promise<void> {
    this.now += ms;
    if (ms > 0) this.schedule.note(`time passes: ${new Date(this.now).toISOString()}`);
    await this.touch(() => {
      for (const process of this.processes) process?.clock.moveTo(this.now + process.skewMs);
      return undefined;
    });
  }

  /** Begins something and goes on when it stands at its first gate. */
  private async touch(begin: () => Promise<unknown> | undefined | void): Promise<void> {
    void begin();
    await this.schedule.settle();
  }

  /** The mistake that an outbox is there to avoid: at most once. */
  private forgetBeforeSending(monitor: Monitor, actor: string): void {
    const store = simulatedStore(this.ground.store, actor, this.schedule);
    const log = new SimulatedLog(this.brokers, actor, () => this.now);
    monitor.outbox.runOnce = async () => {
      for (const shard of monitor.shards.shards) {
        const rows = await waitingOutbox(store, shard, 10);
        await store.write((transaction) =>
          deleteOutbox(
            transaction,
            rows.map(({ id }) => id),
          ),
        );
        await log.append(
          TOPICS.lights,
          rows.map(({ recordKey, payload }) => ({ key: recordKey, value: payload })),
        );
      }
      return 0;
    };
    monitor.outbox.wake = () => void monitor.outbox.runOnce().catch(() => undefined);
  }
}
