import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@mingjian/store';
import { Random } from '../../libs/simulator/src/random';
import { rulesetText, CALENDAR } from '../../apps/monitor/src/testing/site';
import { differences } from './calm-run';
import { randomTown } from './random-town';
import type { Sabotage } from './simulated-log';
import { World } from './world';

/** Databases and rule files that the runs of one process share; each run begins with empty tables. */
export interface Ground {
  dir: string;
  store: Store;
  calm: Store;
  close(): Promise<void>;
}

/** In memory where the machine has such a place: a run writes some thousand small transactions. */
export async function openGround(): Promise<Ground> {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mingjian-simulation-'));
  mkdirSync(join(dir, 'rulesets'));
  writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
  writeFileSync(join(dir, 'rulesets', 'test.yaml'), RULES);
  const store = await openStore({ file: join(dir, 'store.db') });
  const calm = await openStore({ file: join(dir, 'calm.db') });
  return {
    dir,
    store,
    calm,
    close: async () => {
      await store.close();
      await calm.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const RULES = `${rulesetText()}    steps:
      review: { name: 审核, limit: 2wd }
`;

export interface SimulationResult {
  seed: number;
  /** What the run left differently from the calm run; empty where all is well. */
  problems: string[];
  /** What happened, in order: the same for the same seed. */
  history: readonly string[];
}

/**
 * One run of the whole flow under faults that the seed chooses: collectors, log, monitors, sweep and outbox in one thread,
 * with repeats, late data, crashes between any two steps, lost acknowledgements, partitions that change hands, clocks that
 * jump. Afterwards everything must be as if nothing had gone wrong.
 */
export async function simulate(
  ground: Ground,
  seed: number,
  sabotage: Sabotage = 'none',
): Promise<SimulationResult> {
  for (const store of [ground.store, ground.calm]) await empty(store);
  const random = new Random(`mingjian ${seed}`);
  const town = randomTown(random);
  const world = new World(ground, random, town, sabotage);
  const unrest = await world.run();
  const history = [...world.schedule.history];
  await world.end();
  const problems = unrest === null ? await differences(ground, world, town) : [unrest];
  return { seed, problems, history };
}

const TABLES = [
  'step_event',
  'case_file',
  'light_change',
  'finding',
  'quarantine',
  'setting',
  'source_contact',
  'shard_owner',
  'outbox',
];

async function empty(store: Store): Promise<void> {
  await store.write(async (transaction) => {
    for (const table of TABLES) await transaction.execute(`DELETE FROM ${table}`);
  });
}
