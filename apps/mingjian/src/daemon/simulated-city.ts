import { acceptRecord } from '@mingjian/mapping';
import { type Publisher } from '../../../collector/src';
import type { DemoClock, Logger, Progress } from '@mingjian/runtime';
import { simulatedEvents, type SimulatedEvent } from '@mingjian/simulator';
import type { Store } from '@mingjian/store';
import { loadSetting, saveSetting } from '@mingjian/store';

/**
 * First day of the demonstration and where its clock starts to run. Fixed, so that one seed shows one city on any day of
 * any year; four weeks of history lie between.
 */
export const DEMO = { from: '2026-03-02', liveFrom: Date.parse('2026-03-30T08:30:00+08:00') };
/** History of the demonstration on the real clock, days. */
export const HISTORY_DAYS = 28;

export interface SimulatedCityOptions {
  city: string;
  seed: string;
  /** First day of submission, YYYY-MM-DD. */
  from: string;
  /** History is played in up to this instant, then the clock runs. */
  liveFrom: number;
  clock: DemoClock;
  store: Store;
  publisher: Publisher;
  logger: Logger;
  futureToleranceMs: number;
  /** Lets the monitor take what was published and light what is due by the clock. */
  settle: () => Promise<void>;
}

/** How far the city has come; kept so that a second start goes on where the first stopped. */
interface Position {
  city: string;
  seed: string;
  from: string;
  /** Arrival of the last event published, and where the clock stood. */
  arrivedAt: number;
  clockAt: number;
}

/** The part of the stream that is still to come. */
interface Rest {
  events: Generator<SimulatedEvent, void>;
  next: IteratorResult<SimulatedEvent, void>;
}

const POSITION = 'simulated-city';
/** Steps in which history is played in: the clock moves on with the events, and lights come on at their time. */
const HISTORY_STEP_MS = 4 * 3_600_000;
const POLL_MS = 100;
const SAVE_EVERY_MS = 2_000;

/**
 * Feeds the daemon from a simulated city through the collector's path: first history, hour after hour, on a clock that
 * moves along with it; then live, each event when the demonstration clock reaches its arrival.
 */
export class SimulatedCity {
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  private position: Position;

  private constructor(
    private readonly options: SimulatedCityOptions,
    position: Position | null,
  ) {
    const { city, seed, from } = options;
    this.position = position ?? { city, seed, from, arrivedAt: 0, clockAt: 0 };
  }

  /** Finds where an earlier run of the same city stopped; another city or seed starts anew beside it. */
  static async open(options: SimulatedCityOptions): Promise<SimulatedCity> {
    const saved = await loadSetting(options.store, POSITION);
    const position = saved === null ? null : (JSON.parse(saved) as Position);
    const { city, seed, from } = options;
    const isSame = position?.city === city && position.seed === seed && position.from === from;
    const opened = new SimulatedCity(options, isSame ? position : null);
    options.clock.moveTo(opened.position.clockAt);
    return opened;
  }

  /**
   * Plays history in, then lets the clock run and goes on in the background until {@link stop}.
   * Resolves when the history is in, or was stopped on the way; rejects when it could not be played in.
   */
  start(progress: Progress): Promise<void> {
    const history = this.playHistory(progress);
    // Set at once, not when the history is over: a stop on the way waits for it too.
    this.loop = history.then(
      (rest) => (rest === null ? undefined : this.live(rest.events, rest.next)),
      () => undefined,
    );
    return history.then(() => undefined);
  }

  /** Resolves when nothing more is published: whoever closes the log waits for this. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
    await this.save();
  }

  /** @returns what comes after; null when it was stopped on the way. */
  private async playHistory(progress: Progress): Promise<Rest | null> {
    const { clock, liveFrom } = this.options;
    const events = simulatedEvents({ ...this.options, after: this.position.arrivedAt });
    let next = events.next();
    while (!this.stopped && !next.done && next.value.arrivesAt < liveFrom) {
      const step = next.value.arrivesAt - (next.value.arrivesAt % HISTORY_STEP_MS) + HISTORY_STEP_MS;
      const batch: SimulatedEvent[] = [];
      for (; !next.done && next.value.arrivesAt < Math.min(step, liveFrom); next = events.next())
        batch.push(next.value);
      // What fell due in between is lit before newer events are judged, as it would have been.
      clock.moveTo(batch[0]!.arrivesAt);
      await this.options.settle();
      await this.publish(batch);
      clock.moveTo(batch[batch.length - 1]!.arrivesAt);
      await this.options.settle();
      await this.save();
      progress.advance(batch.length);
    }
    // Stopped on the way: the clock stays where the history has come to.
    if (this.stopped) return null;
    clock.moveTo(liveFrom);
    await this.options.settle();
    clock.run();
    return { events, next };
  }

  private async live(
    events: Generator<SimulatedEvent, void>,
    first: IteratorResult<SimulatedEvent, void>,
  ): Promise<void> {
    const { clock, logger } = this.options;
    let next = first;
    let sinceSaved = 0;
    while (!this.stopped) {
      const batch: SimulatedEvent[] = [];
      const now = clock.now();
      for (; !next.done && next.value.arrivesAt <= now; next = events.next()) batch.push(next.value);
      try {
        if (batch.length > 0) await this.publish(batch);
        sinceSaved += POLL_MS;
        if (sinceSaved >= SAVE_EVERY_MS) {
          await this.save();
          sinceSaved = 0;
        }
      } catch (error) {
        logger.error({ err: error }, 'The simulated city could not publish.');
      }
      await new Promise<void>((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private async publish(batch: readonly SimulatedEvent[]): Promise<void> {
    const acceptances = batch.map(({ event, arrivesAt }) =>
      acceptRecord(event, {
        source: event.source,
        feed: 'simulated',
        place: `simulated city: ${event.id}`,
        receivedAt: arrivesAt,
        futureToleranceMs: this.options.futureToleranceMs,
        raw: JSON.stringify(event),
      }),
    );
    await this.options.publisher.publish(acceptances, 'simulated');
    this.position.arrivedAt = batch[batch.length - 1]!.arrivesAt;
  }

  private async save(): Promise<void> {
    this.position.clockAt = this.options.clock.now();
    await this.options.store.write((transaction) =>
      saveSetting(transaction, POSITION, JSON.stringify(this.position)),
    );
  }
}
