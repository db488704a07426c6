import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { TOPICS, type StepEvent } from '@mingjian/contracts';
import { SystemClock } from '@mingjian/runtime';
import { earliestNextChangeAt } from '@mingjian/store';
import { MONITOR_GROUP } from '../../apps/monitor/src/intake/step-event-intake';
import { Random } from '../../libs/simulator/src/random';
import { until } from '../acceptance/until';
import { compare, type Comparison } from './compare';
import type { SmallDisk } from './disk';
import { everythingIn } from './everything';
import { FAULTS, FULL_DISK, type Fault, type Victims } from './faults';
import { Load, Sender } from './load';
import { PARTITIONS, type Site } from './site';

export interface ChaosOptions {
  site: Site;
  disk: SmallDisk | null;
  seed: string;
  /** Ends once so many processes were killed … */
  kills: number;
  /** … or so much time has passed. */
  withinMs: number;
  /** Step events a second. */
  rate: number;
  /** Pauses between faults, milliseconds. */
  pauseMs: readonly [least: number, most: number];
  /** Which faults there are; by default all. */
  faults?: readonly Fault[];
  /** Told what is going on. */
  say(line: string): void;
}

export interface ChaosReport extends Comparison {
  kills: number;
  faults: Map<string, number>;
  /** Unasked endings and starts of each process. */
  processes: { name: string; starts: number; endings: string }[];
  notes: string[];
  /** What the processes warned of or called an error, with the number of times. */
  complaints: Map<string, number>;
  seconds: number;
}

const clock = new SystemClock();

/** Disturbs a site at random points while events come in, lets it settle, and compares with an undisturbed run. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { site, seed, say } = options;
  const random = new Random(`chaos ${seed}`);
  const began = performance.now();
  for (const one of site.processes) one.start();
  const sender = new Sender({
    load: new Load(seed, () => clock.now()),
    key: site.key,
    address: () => site.address,
    rate: options.rate,
  });
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const victims: Victims = { site, sender, random, disk: options.disk, note };
  const struck = await strike(options, victims).finally(() => sender.stop());
  say('No more faults. Waiting until everything is acknowledged, judged and told …');
  await sender.finish();
  const at = await settle(site);
  const stops = await Promise.all(site.processes.map((one) => one.stop()));
  const comparison = await compareWithCalm(site, sender.acknowledged, at);
  const wrongStops = site.processes.flatMap(({ name }, n) =>
    stops[n] === 0 ? [] : [`${name} stopped with ${stops[n] ?? 'a kill'}`],
  );
  return {
    ...comparison,
    problems: [...comparison.problems, ...wrongStops],
    counts: {
      'step events acknowledged': sender.acknowledged.length,
      'requests not acknowledged and sent again': sender.refused,
      ...comparison.counts,
    },
    ...struck,
    processes: site.processes.map(({ name, starts, endings }) => ({
      name,
      starts,
      endings: [...endings].map(([ending, times]) => `${times} × ${ending}`).join(', '),
    })),
    notes,
    complaints: sumOf(site.processes.map(({ complaints }) => complaints)),
    seconds: Math.round((performance.now() - began) / 1000),
  };
}

function sumOf(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const map of maps) for (const [key, count] of map) sum.set(key, (sum.get(key) ?? 0) + count);
  return sum;
}

/** Compares what the processes left behind with a run in which nobody was disturbed. They must have stopped. */
export async function compareWithCalm(
  site: Site,
  acknowledged: readonly StepEvent[],
  at: number,
): Promise<Comparison> {
  const log = await site.openLog();
  const store = await site.openStore();
  try {
    const records = await everythingIn(log, TOPICS.stepEvents);
    const comparison = await compare({
      store,
      acknowledged,
      told: await everythingIn(log, TOPICS.lights),
      at,
      rules: site.options.rules,
      calmFile: join(site.dir, 'calm.db'),
    });
    const counts = { 'records on the topic of step events': records.length, ...comparison.counts };
    return { ...comparison, counts };
  } finally {
    await Promise.all([log.close(), store.close()]);
  }
}

async function strike(
  { kills: wanted, withinMs, pauseMs, say, faults: all = FAULTS }: ChaosOptions,
  victims: Victims,
): Promise<{ kills: number; faults: Map<string, number> }> {
  const { random } = victims;
  const faults = new Map<string, number>();
  await until('the first acknowledged events', () => (victims.sender.acknowledged.length > 0 ? true : null));
  const began = performance.now();
  let kills = 0;
  let isDiskDue = victims.disk !== null;
  // Each kind once before any comes twice: a short run would miss the rare ones.
  const first = [...all];
  while (kills < wanted && performance.now() - began < withinMs) {
    await pause(random.integer(...pauseMs));
    const fault = choose();
    say(`${String(kills).padStart(4)} ${fault.name}`);
    await fault.strike(victims);
    kills += fault.kills;
    faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1);
  }
  return { kills, faults };

  function choose(): Fault {
    if (isDiskDue && kills >= wanted / 2) {
      isDiskDue = false;
      return FULL_DISK;
    }
    const isFirst = first.length > 0 && random.chance(0.3);
    if (isFirst) return first.splice(random.integer(0, first.length - 1), 1)[0] as Fault;
    return random.weighted(all);
  }
}

/** Waits until nothing is left to be read, judged or told. @returns an instant at which all rows speak. */
export async function settle(site: Site): Promise<number> {
  const log = await site.openLog();
  const store = await site.openStore();
  const shards = Array.from({ length: PARTITIONS }, (_, shard) => shard);
  const patience = { withinMs: 180_000, everyMs: 500 };
  try {
    await until(
      'all records to be read',
      async () => {
        const lag = await log.lag(MONITOR_GROUP, TOPICS.stepEvents).catch(() => null);
        return lag !== null && [...lag.values()].every((records) => records === 0) ? true : null;
      },
      patience,
    );
    await until(
      'all lights that come on by themselves',
      async () => {
        const next = await earliestNextChangeAt(store, shards);
        return next === null || next > clock.now() + 60_000 ? true : null;
      },
      patience,
    );
    await until(
      'an empty outbox',
      async () => {
        const [row] = await store.query<{ count: number }>('SELECT COUNT(*) AS count FROM outbox');
        return Number(row?.count) === 0 ? true : null;
      },
      patience,
    );
    return clock.now();
  } finally {
    await Promise.all([log.close(), store.close()]);
  }
}
