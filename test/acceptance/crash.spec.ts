import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { openStore, storedDigest } from '@mingjian/store';
import type { VerdictSum } from '../../apps/mingjian/src/cli/import';
import { endLeftOver, runProduct, MAPPING, SAMPLE, spawnProduct, Workspace, type Running } from './product';
import { randomNumbers } from './shuffled';
import { until } from './until';

const EVENTS = join(SAMPLE, 'wabo-receipt-events.csv.gz');
const RULESET = join(SAMPLE, 'ruleset-56-days.yaml');
const CALENDAR = join(SAMPLE, 'calendar.yaml');
const ALL_EVENTS = 11_340;
/** Small batches: many points at which a process can die. */
const SMALL_BATCHES = { MINGJIAN_INTAKE_BATCH: '100' };

/** Rows of a table in a file that another process writes; 0 while it is not there. */
function rowsIn(file: string, table: 'log_record' | 'step_event'): number {
  if (!existsSync(file)) return 0;
  const database = new Database(file, { readonly: true });
  try {
    const row = database.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get() as { count: number };
    return row.count;
  } catch {
    // The table is made at the first start; a file under change can be busy for a moment.
    return 0;
  } finally {
    database.close();
  }
}

/** `kill -9` as soon as the table holds that many rows. */
async function killAt(running: Running, file: string, table: 'log_record' | 'step_event', rows: number) {
  await until(
    `${rows} rows of ${table}`,
    () => (rowsIn(file, table) >= rows || running.process.exitCode !== null ? true : null),
    { everyMs: 3 },
  );
  running.process.kill('SIGKILL');
  expect(await running.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
}

async function rowsThatHold(dir: string): Promise<string> {
  const store = await openStore({ file: join(dir, 'store.db') });
  try {
    return await storedDigest(store);
  } finally {
    await store.close();
  }
}

describe('kill -9 in the middle of the work, and a new start', () => {
  const workspace = new Workspace();
  const calmDir = workspace.path('calm');
  const random = randomNumbers(20_260_914);
  const between = (least: number, most: number): number => Math.floor(least + random() * (most - least));
  let calm: VerdictSum;

  const importArgs = (dir: string): string[] =>
    ['import', EVENTS, '--mapping', MAPPING, '--data-dir', dir, '--json', '--judge'].concat(
      ...['--ruleset', RULESET, '--calendar', CALENDAR, '--at', '2013-01-01T00:00:00Z'],
    );

  beforeAll(async () => {
    const { out } = await runProduct(importArgs(calmDir));
    calm = (JSON.parse(out) as { verdicts: VerdictSum }).verdicts;
  });
  afterAll(() => {
    endLeftOver();
    workspace.remove();
  });

  it('of an import that judges: the same verdicts and rows as one that nobody disturbed', async () => {
    const dir = workspace.path('killed-import');
    const log = join(dir, 'log.db');
    const store = join(dir, 'store.db');
    // Twice while records go into the log: the import begins anew each time, so the log holds many of them twice.
    for (let i = 0; i < 2; i++) {
      const before = rowsIn(log, 'log_record');
      const child = spawnProduct(importArgs(dir), { env: SMALL_BATCHES });
      await killAt(child, log, 'log_record', before + between(300, 9_000));
      expect(rowsIn(log, 'log_record') - before).toBeLessThan(ALL_EVENTS);
      expect(rowsIn(store, 'step_event')).toBe(0);
    }
    // Three times while they are judged.
    for (const share of [0.2, 0.5, 0.8]) {
      const child = spawnProduct(importArgs(dir), { env: SMALL_BATCHES });
      await killAt(child, store, 'step_event', Math.floor(ALL_EVENTS * share) + between(-1_000, 1_000));
      expect(rowsIn(store, 'step_event')).toBeGreaterThan(0);
      expect(rowsIn(store, 'step_event')).toBeLessThan(ALL_EVENTS);
    }
    const { code, out } = await runProduct(importArgs(dir), { env: SMALL_BATCHES });
    expect(code).toBe(0);
    expect((JSON.parse(out) as { verdicts: VerdictSum }).verdicts).toEqual(calm);
    expect(rowsIn(log, 'log_record')).toBeGreaterThan(ALL_EVENTS);
    expect(await rowsThatHold(dir)).toBe(await rowsThatHold(calmDir));
  });

  it('of the daemon that is fed with a file: the same rows as the import wrote', async () => {
    const root = workspace.path('killed-daemon');
    const store = join(root, 'live', 'store.db');
    const start = (): Running =>
      spawnProduct(['start', '--no-demo', '--input', EVENTS, '--mapping', MAPPING], {
        env: {
          ...SMALL_BATCHES,
          MINGJIAN_DATA_DIR: root,
          MINGJIAN_PORT: '0',
          MINGJIAN_RULESETS: RULESET,
          MINGJIAN_CALENDARS: CALENDAR,
        },
      });
    for (const share of [0.15, 0.5, 0.85]) {
      await killAt(start(), store, 'step_event', Math.floor(ALL_EVENTS * share) + between(-1_000, 1_000));
      expect(rowsIn(store, 'step_event')).toBeLessThan(ALL_EVENTS);
    }
    const last = start();
    await until('all events in the timelines', () =>
      rowsIn(store, 'step_event') === ALL_EVENTS ? true : null,
    );
    last.process.kill('SIGTERM');
    expect(await last.ended).toMatchObject({ code: 0 });
    expect(await rowsThatHold(join(root, 'live'))).toBe(await rowsThatHold(calmDir));
  });
});
