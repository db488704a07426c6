import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../acceptance/until';
import type { WatchedSite } from './watched-site';

const MINUTE_MS = 60_000;
/** A source without a known rhythm counts as silent after so much working time; here every hour is one. */
const SILENT_AFTER_MS = 4 * 60 * MINUTE_MS;

/** On a machine that has much else to do an engine may need more than one attempt. */
async function started(start: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await start();
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A fault, and the alerts that somebody must be told of while it lasts. */
export interface Drill {
  name: string;
  what: string;
  mustTell: readonly string[];
  /** It lasts at least so long, and at most until all have been told. */
  leastMs: number;
  mostMs: number;
  /** Whether it can go on beside others; one that takes an engine away cannot. */
  goesBeside: boolean;
  /** @returns when the fault began. */
  strike(site: WatchedSite): Promise<number>;
  mend(site: WatchedSite): Promise<void>;
}

export const DRILLS: readonly Drill[] = [
  {
    name: 'kafka',
    what: 'Kafka is stopped',
    mustTell: ['MingjianLogUnreadable', 'MingjianDown'],
    leastMs: 6 * MINUTE_MS,
    mostMs: 15 * MINUTE_MS,
    goesBeside: false,
    strike: async ({ site }) => {
      await site.options.kafka.stop('kafka');
      return performance.now();
    },
    mend: async (watched) => {
      await started(() => watched.site.options.kafka.start('kafka'));
      await watched.untilWell();
    },
  },
  {
    name: 'database',
    what: 'MariaDB is stopped',
    mustTell: ['MingjianStoreFailing'],
    leastMs: 8 * MINUTE_MS,
    mostMs: 15 * MINUTE_MS,
    goesBeside: false,
    strike: async ({ site }) => {
      await site.options.mariadb.stop('mariadb');
      return performance.now();
    },
    mend: async (watched) => {
      await started(() => watched.site.options.mariadb.start('mariadb'));
      await watched.untilWell();
    },
  },
  {
    name: 'source',
    what: 'a source falls silent',
    mustTell: ['MingjianSourceSilent'],
    leastMs: 0,
    mostMs: 15 * MINUTE_MS,
    goesBeside: true,
    strike: async (watched) => {
      // What it sent last is almost as old as its silence may be.
      await watched.quietSentAt(watched.clock.now() - SILENT_AFTER_MS + MINUTE_MS / 2);
      await pause(MINUTE_MS / 2);
      return performance.now();
    },
    mend: (watched) => watched.quietSends(),
  },
  {
    name: 'outbox',
    what: 'the receiver of notices refuses (503); nothing was sent in the quarter of an hour before',
    mustTell: ['MingjianOutboxStuck'],
    leastMs: 0,
    mostMs: 35 * MINUTE_MS,
    goesBeside: true,
    strike: async (watched) => {
      watched.receiver.isRefusing = true;
      await watched.quickCase();
      await until('a notice that is refused', () => (watched.receiver.notices.refused > 0 ? true : null));
      return performance.now();
    },
    mend: async ({ receiver }) => {
      receiver.isRefusing = false;
      const before = receiver.notices.taken;
      // The pauses between attempts have grown to a quarter of an hour by now.
      await until('a notice that is taken', () => (receiver.notices.taken > before ? true : null), {
        withinMs: 16 * MINUTE_MS,
        everyMs: 1_000,
      });
    },
  },
];
