import { join } from 'node:path';
import Database from 'libsql';
import { simulatedEvents } from '@mingjian/simulator';
import { startDaemon, type Daemon } from './daemon';
import { endLeftOver, runProduct, MAPPING, SAMPLE, Workspace } from './product';
import { until } from './until';

interface Overview {
  now: string;
  demo: { speed: number; city: string } | null;
  lights: Record<string, number>;
}
interface LightRow {
  id: number;
  case_no: string;
  clock: string;
  became_at: string;
  to_light: string;
}

/** Light changes that hold, in order of detection. */
function lightChanges(dataDir: string): LightRow[] {
  return query(
    join(dataDir, 'store.db'),
    'SELECT * FROM light_change WHERE superseded_at IS NULL ORDER BY id',
  );
}

function query<T>(file: string, sql: string): T[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

/** Ids of the published step events, sorted; the city itself sends some of them twice. */
function publishedIds(dataDir: string): string[] {
  const records = query<{ value: string }>(
    join(dataDir, 'log.db'),
    "SELECT value FROM log_record WHERE topic = 'mingjian.step-events'",
  );
  return records.map(({ value }) => (JSON.parse(value) as { id: string }).id).sort();
}

/** What the city sends first, without any interruption. */
function firstArrivals(count: number): string[] {
  const ids: string[] = [];
  for (const { event } of simulatedEvents({ city: 'fangchenggang', seed: 'mingjian', from: '2026-03-02' })) {
    if (ids.length === count) break;
    ids.push(event.id);
  }
  return ids.sort();
}

/** Red lights as Prometheus sees them. */
async function redLight(daemon: Daemon): Promise<number | null> {
  const red = await daemon.metric('mingjian_cases', { light: 'red' });
  return red !== null && red > 0 ? red : null;
}

describe('the daemon', () => {
  const workspace = new Workspace();
  afterAll(() => {
    endLeftOver();
    workspace.remove();
  });

  it('shows red lights of the simulated city in /metrics, stops on SIGTERM, and goes on where it stopped', async () => {
    const dataDir = workspace.path('demo');
    const first = await startDaemon(dataDir);
    await until('a red light in /metrics', () => redLight(first), { withinMs: 45_000, everyMs: 200 });
    const overview = await first.getJson<Overview>('/v1/overview');
    expect(overview.demo).toEqual({ speed: 600, city: 'fangchenggang' });
    expect(overview.lights.red).toBeGreaterThan(0);
    // In the middle of the history: the stop must wait for what is under way there.
    const stopped = await first.stop('SIGTERM');
    expect(stopped.code).toBe(0);
    expect(stopped.err).not.toMatch(/error|fatal/i);
    const before = lightChanges(join(dataDir, 'demo'));
    expect(before.length).toBeGreaterThan(10);

    const second = await startDaemon(dataDir);
    const resumed = await second.getJson<Overview>('/v1/overview');
    expect(Date.parse(resumed.now)).toBeGreaterThanOrEqual(Date.parse(overview.now));
    expect(resumed.lights.red).toBeGreaterThan(0);
    await until(
      'the end of the history',
      async () => ((await second.getJson<Overview>('/v1/overview')).now >= '2026-03-30T09:30' ? true : null),
      { everyMs: 200 },
    );
    expect(await second.stop('SIGINT')).toMatchObject({ code: 0 });

    const after = lightChanges(join(dataDir, 'demo'));
    expect(after.length).toBeGreaterThan(before.length);
    const keys = after.map(({ case_no, clock, became_at, to_light }) =>
      [case_no, clock, became_at, to_light].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const published = publishedIds(join(dataDir, 'demo'));
    // Nothing left out and nothing sent again over the stop.
    expect(published).toEqual(firstArrivals(published.length));
  });

  it('is empty with --no-demo, and says that there is a life without data', async () => {
    const daemon = await startDaemon(workspace.path('empty'), ['--no-demo']);
    const overview = await daemon.getJson<Overview>('/v1/overview');
    expect(overview).toMatchObject({ demo: null, lights: { red: 0, yellow: 0, grey: 0, green: 0 } });
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
    await until('readiness', async () =>
      (await fetch(`${daemon.url}/readyz`)).status === 200 ? true : null,
    );
    expect(await (await fetch(`${daemon.url}/`)).text()).toContain('明鉴');
    expect(await daemon.stop('SIGINT')).toMatchObject({ code: 0, err: '' });
  });

  it('stops on SIGTERM in the middle of a file, and the next start takes the rest', async () => {
    const dataDir = workspace.path('file');
    const env = {
      MINGJIAN_INTAKE_BATCH: '50',
      MINGJIAN_RULESETS: join(SAMPLE, 'ruleset-carried.yaml'),
      MINGJIAN_CALENDARS: join(SAMPLE, 'calendar.yaml'),
    };
    const args = ['--input', join(SAMPLE, 'wabo-receipt-events.csv.gz')];
    args.push('--mapping', MAPPING);
    const storeFile = join(dataDir, 'live', 'store.db');
    const stepEvents = (): number =>
      query<{ count: number }>(storeFile, 'SELECT COUNT(*) AS count FROM step_event')[0]!.count;

    const first = await startDaemon(dataDir, args, env);
    await until('the first step events', () => (stepEvents() > 200 ? true : null), { everyMs: 5 });
    const stopped = await first.stop('SIGTERM');
    expect(stopped.code).toBe(0);
    expect(stopped.err).not.toMatch(/error|fatal/i);
    expect(stepEvents()).toBeLessThan(11_340);

    const second = await startDaemon(dataDir, args, env);
    await until('all step events', () => (stepEvents() === 11_340 ? true : null));
    const overview = await second.getJson<Overview>('/v1/overview');
    // Open cases only: all 105 that never closed are past the deadline that they carry.
    expect(overview.lights).toMatchObject({ red: 105 });
    expect(await second.stop()).toMatchObject({ code: 0 });
  });

  it('refuses a data directory that another daemon holds, and takes it when that one is gone', async () => {
    const dataDir = workspace.path('held');
    const holder = await startDaemon(dataDir, ['--no-demo']);
    const args = ['start', '--no-demo'];
    const env = { MINGJIAN_DATA_DIR: dataDir, MINGJIAN_PORT: '0' };
    const refused = await runProduct(args, { env });
    expect(refused.code).toBe(65);
    expect(refused.err).toContain('expected no other daemon on this data directory');
    expect(refused.err).toContain(`process ${holder.process.pid}`);
    expect(refused.err).toContain('MINGJIAN_DATA_DIR');
    // The holder is unharmed by the attempt.
    expect((await fetch(`${holder.url}/healthz`)).status).toBe(200);

    holder.process.kill('SIGKILL');
    await holder.ended;
    const heir = await startDaemon(dataDir, ['--no-demo']);
    expect(await heir.stop()).toMatchObject({ code: 0 });
  });

  it('refuses to start with settings that cannot be used, naming each', async () => {
    const env = {
      MINGJIAN_DATA_DIR: workspace.path('bad'),
      MINGJIAN_PORT: 'http',
      MINGJIAN_LOG_LEVL: 'info',
    };
    const { code, err } = await runProduct(['start', '--no-demo'], { env });
    expect(code).toBe(78);
    expect(err).toContain('MINGJIAN_PORT: expected a whole number from 0 to 65535, got "http"');
    expect(err).toContain('did you mean MINGJIAN_LOG_LEVEL?');
  });

  it('refuses a port that is taken, and leaves the data directory free', async () => {
    const holder = await startDaemon(workspace.path('port-holder'), ['--no-demo']);
    const dataDir = workspace.path('port-seeker');
    const env = { MINGJIAN_DATA_DIR: dataDir, MINGJIAN_PORT: new URL(holder.url).port };
    const { code, err } = await runProduct(['start', '--no-demo'], { env });
    expect(code).toBe(65);
    expect(err).toContain('MINGJIAN_PORT: expected a free port');
    expect(await holder.stop()).toMatchObject({ code: 0 });
    const free = await startDaemon(dataDir, ['--no-demo']);
    expect(await free.stop()).toMatchObject({ code: 0 });
  });
});
