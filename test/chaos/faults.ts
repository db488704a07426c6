import { setTimeout as pause } from 'node:timers/promises';
import { TOPICS } from '@mingjian/contracts';
import type { Random } from '../../libs/simulator/src/random';
import type { SmallDisk } from './disk';
import { everythingIn } from './everything';
import type { Sender } from './load';
import { SESSION_TIMEOUT_MS, type Site } from './site';

/** What a fault may lay hands on. */
export interface Victims {
  site: Site;
  sender: Sender;
  random: Random;
  /** The disk of the database; null where none could be made. */
  disk: SmallDisk | null;
  /** Told what was seen while a fault lasted. */
  note(line: string): void;
}

export interface Fault {
  name: string;
  /** How often, beside the others. */
  weight: number;
  /** How many processes it kills with `kill -9`. */
  kills: number;
  strike(victims: Victims): Promise<void>;
}

const aMonitor = ({ site, random }: Victims) => random.pick(site.monitors);

/** Faults that a seed chooses among. Each returns when the cause is gone; the effects may last. */
export const FAULTS: readonly Fault[] = [
  { name: 'kill -9 collector', weight: 20, kills: 1, strike: ({ site }) => site.collector.kill() },
  { name: 'kill -9 monitor', weight: 30, kills: 1, strike: (victims) => aMonitor(victims).kill() },
  {
    name: 'kill -9 all monitors',
    weight: 6,
    kills: 2,
    strike: async ({ site }) => void (await Promise.all(site.monitors.map((monitor) => monitor.kill()))),
  },
  {
    name: 'kill -9 database',
    weight: 8,
    kills: 1,
    strike: async ({ site, random }) => {
      site.options.mariadb.kill('mariadb');
      await pause(random.integer(0, 3_000));
      await site.options.mariadb.start('mariadb');
    },
  },
  {
    name: 'kill -9 broker',
    weight: 6,
    kills: 1,
    strike: async ({ site, random }) => {
      site.options.kafka.kill('kafka');
      await pause(random.integer(0, 3_000));
      await site.options.kafka.start('kafka');
    },
  },
  {
    name: 'kill -9 broker and database at once',
    weight: 4,
    kills: 2,
    strike: async ({ site }) => {
      site.options.kafka.kill('kafka');
      site.options.mariadb.kill('mariadb');
      await Promise.all([site.options.kafka.start('kafka'), site.options.mariadb.start('mariadb')]);
    },
  },
  {
    name: 'restart database',
    weight: 4,
    kills: 0,
    strike: async ({ site }) => {
      await site.options.mariadb.stop('mariadb');
      await site.options.mariadb.start('mariadb');
    },
  },
  {
    name: 'restart broker',
    weight: 4,
    kills: 0,
    strike: async ({ site }) => {
      await site.options.kafka.stop('kafka');
      await site.options.kafka.start('kafka');
    },
  },
  {
    name: 'stall monitor past its session',
    weight: 4,
    kills: 0,
    strike: async (victims) => {
      const monitor = aMonitor(victims);
      monitor.stall();
      await pause(SESSION_TIMEOUT_MS + victims.random.integer(1_000, 4_000));
      monitor.goOn();
    },
  },
  {
    name: 'every record of the topic once more',
    weight: 2,
    kills: 0,
    strike: ({ site }) => repeatTopic(site),
  },
  {
    name: 'clock of a monitor jumps and comes back',
    weight: 6,
    kills: 0,
    strike: async (victims) => {
      const monitor = aMonitor(victims);
      monitor.jump(victims.random.integer(-15_000, 15_000));
      await pause(victims.random.integer(500, 4_000));
      monitor.jump(0);
    },
  },
];

/** Not chosen by chance: it takes half a minute and happens once. */
export const FULL_DISK: Fault = {
  name: 'disk of the database full',
  weight: 0,
  kills: 0,
  strike: async ({ site, disk, sender, note }) => {
    if (disk === null) return;
    // Long texts, so that the tables must grow while there is nowhere to grow to.
    sender.padding = 20_000;
    try {
      const [storedBefore, sentBefore] = [await eventsIn(site), sender.acknowledged.length];
      disk.fill();
      await pause(25_000);
      const sent = sender.acknowledged.length - sentBefore;
      const said = await refusal(site);
      disk.free();
      // Where there is no room at all the server itself may have ended.
      const { did } = await site.options.mariadb
        .start('mariadb')
        .then((started) => started as { did?: string });
      const stored = (await eventsIn(site)) - storedBefore;
      note(
        `disk full for 25 s: ${sent} step events acknowledged, ${stored} of them stored; ${said}` +
          (did === 'started' ? '; it had ended and was started again' : ''),
      );
    } finally {
      sender.padding = 0;
      disk.free();
    }
  },
};

async function eventsIn(site: Site): Promise<number> {
  return site.withDatabase(async (query) => {
    const [row] = await query('SELECT COUNT(*) AS count FROM step_event');
    return Number(row?.count);
  });
}

/** What the database says to somebody who wants to write a lot. */
async function refusal(site: Site): Promise<string> {
  try {
    return await site.withDatabase(async (query) => {
      await query('CREATE TABLE IF NOT EXISTS probe (value LONGTEXT NOT NULL)');
      await query("INSERT INTO probe SELECT REPEAT('x', 1000000) FROM seq_1_to_20");
      return 'the database took 20 MB more';
    });
  } catch (error) {
    return `the database refused 20 MB more: ${(error as Error).message}`;
  }
}

async function repeatTopic(site: Site): Promise<void> {
  const log = await site.openLog();
  try {
    const records = await everythingIn(log, TOPICS.stepEvents);
    for (let from = 0; from < records.length; from += 1_000)
      await log.append(TOPICS.stepEvents, records.slice(from, from + 1_000));
  } finally {
    await log.close();
  }
}
