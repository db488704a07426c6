import { setTimeout as pause } from 'node:timers/promises';
import { writeRules } from './lib/city.mjs';
import { fillStore } from './lib/fill.mjs';
import { startFlow } from './lib/flow.mjs';
import { residentMiB, startMonitor } from './lib/processes.mjs';
import { instantOf, quantile, taken, watchLights } from './lib/watch.mjs';
import { signIn } from './lib/sign-in.mjs';

const HOUR = 3_600_000;
const SECOND = 1_000;
/** Events that come in while lights are watched, a second. */
const FLOW = 100;

/** The rows with a million open cases in the store: one store, filled once, one monitor after the other on it. */
export async function million(rig, isQuick, profile = null) {
  const size = isQuick ? 50_000 : 1_000_000;
  await rig.freshTopics();
  const database = await rig.freshDatabase('mingjian_million');
  const rules = writeRules();
  const begin = performance.now();
  await fillStore(rig, database, rules, size, Date.now(), () => ({ isOpen: true, prefix: '420684-OPEN' }));
  console.error(`${size} cases loaded in ${Math.round((performance.now() - begin) / 1000)} s`);
  const context = { rig, database, rules, size, isQuick, profile };
  const rows = [];
  const add = (more) => {
    rows.push(...more);
    for (const row of more) console.error(`  ${row.what}: ${row.measured}`);
  };
  add(await tables(context));
  add(await coldStart(context));
  add(await legalInstant(context));
  add(await dueTogether(context));
  add(await rejudge(context));
  return rows;
}

/** What the tables take, bytes a row with the indexes, after the fill. */
async function tables({ rig, database, size }) {
  const [found] = await rig.root.query(
    'SELECT table_name AS name, data_length + index_length AS bytes FROM information_schema.tables ' +
      'WHERE table_schema = ? AND table_name IN (?)',
    [database, ['step_event', 'case_file', 'light_change']],
  );
  const counted = [];
  for (const { name, bytes } of found) {
    const [[{ count }]] = await rig.root.query(`SELECT COUNT(*) AS count FROM ${database}.${name}`);
    counted.push({ name, rows: Number(count), bytes: Number(bytes), bytesPerRow: Math.round(bytes / count) });
  }
  const all = counted.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    {
      what: `database with ${size.toLocaleString('en')} open cases, 3 events each`,
      measured: `${(all / 1024 ** 2).toFixed(0)} MiB`,
      bar: 'none',
      tables: counted,
      met: null,
    },
  ];
}

async function coldStart({ rig, database, rules, size }) {
  const empty = await rig.freshDatabase('mingjian_bench');
  const alone = await lookedAt(await startMonitor(rig, { database: empty, rules }), rig.urlOf(empty));
  await rig.freshTopics();
  const full = await lookedAt(await startMonitor(rig, { database, rules }), rig.urlOf(database));
  const readySeconds = full.readyMs / 1000;
  return [
    {
      what: `start to ready, ${size.toLocaleString('en')} open cases`,
      measured: `${readySeconds.toFixed(1)} s (empty: ${(alone.readyMs / 1000).toFixed(1)} s)`,
      bar: '≤ 10 s',
      ...{ readySeconds, empty: alone },
      met: readySeconds <= 10,
    },
    {
      what: 'memory of the monitor, most and now, after page and metrics',
      measured: `${full.mostMiB} and ${full.nowMiB} MiB (empty: ${alone.mostMiB})`,
      bar: '≤ 512 MiB',
      ...{ full, empty: alone },
      met: full.mostMiB <= 512,
    },
  ];
}

/** Ready, then the page and the metrics asked for ten times, and the audit run at least once. */
async function lookedAt(monitor, databaseUrl) {
  const cookie = await signIn(monitor.url, { MINGJIAN_DATABASE_URL: databaseUrl });
  for (let n = 0; n < 10; n++)
    for (const path of ['/metrics', '/v1/overview', '/v1/cases', '/v1/lights'])
      await answered(monitor.url + path, cookie);
  await pause(12 * SECOND);
  const found = {
    readyMs: Math.round(monitor.readyMs),
    nowMiB: residentMiB(monitor.pid),
    mostMiB: residentMiB(monitor.pid, 'VmHWM'),
  };
  await monitor.stop();
  return found;
}

/** What is refused costs nothing and would be measured as quick. */
async function answered(url, cookie) {
  const response = await fetch(url, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
}

/** Cases whose promise of 48 hours runs out at instants spread over a while. */
async function legalInstant({ rig, database, rules, size, isQuick }) {
  const cases = isQuick ? 500 : 2_000;
  const spread = cases * 20;
  const from = Date.now() + 40 * SECOND;
  const startOf = (index) => ({ start: from + (index * spread) / cases - 48 * HOUR });
  await fillStore(rig, database, rules, cases, Date.now(), (index) => ({
    ...{ item: 'clock', prefix: '420684-SOON' },
    ...startOf(index),
  }));
  const { lags } = await litOf({
    rig,
    database,
    rules,
    prefix: '420684-SOON',
    until: from + spread + 5 * SECOND,
  });
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(quantile(lags, share)));
  return [
    {
      what: `legal instant → light committed, ${size.toLocaleString('en')} open, p50 / p99`,
      measured: `${p50} / ${p99} ms`,
      bar: 'p99 ≤ 250 ms',
      ...{ p50, p99, lights: lags.length, missing: cases - lags.length, eventsPerSecond: FLOW },
      met: p99 <= 250 && lags.length === cases,
    },
  ];
}

/** Cases that all fall due at one instant, while events flow. */
async function dueTogether({ rig, database, rules, isQuick, profile }) {
  const cases = isQuick ? 5_000 : 100_000;
  const at = Math.ceil(Date.now() / SECOND) * SECOND + (isQuick ? 40 : 90) * SECOND;
  await fillStore(rig, database, rules, cases, Date.now(), () => ({
    ...{ item: 'clock', prefix: '420684-DUE', start: at - 48 * HOUR },
  }));
  if (Date.now() > at - 20 * SECOND) throw new Error('the cases were loaded too late for their instant');
  const { lags, flowed } = await litOf({
    ...{ rig, database, rules, prefix: '420684-DUE', until: at + 60 * SECOND, wanted: cases, profile, at },
  });
  const seconds = quantile(lags, 1) / SECOND;
  return [
    {
      what: `${cases.toLocaleString('en')} cases due at one instant, all lit, ${FLOW} events/s flowing`,
      measured: `${seconds.toFixed(1)} s, ${flowed} events taken meanwhile`,
      bar: '≤ 20 s',
      ...{ seconds, lights: lags.length, missing: cases - lags.length, flowed },
      met: seconds <= 20 && lags.length === cases && flowed > 0,
    },
  ];
}

/** Watches the red lights of cases with a prefix until an instant, or until all wanted are lit. */
async function litOf({
  rig,
  database,
  rules,
  prefix,
  until,
  wanted = Infinity,
  profile = null,
  at = Infinity,
}) {
  const log = await rig.openLog();
  const connection = await rig.connect(database);
  const monitor = await startMonitor(rig, { database, rules, profile });
  const lags = [];
  const stopWatching = watchLights(
    connection,
    (row, seenAt) => {
      if (row.to_light === 'red' && row.case_no.startsWith(prefix))
        lags.push(seenAt - instantOf(row.became_at));
    },
    wanted === Infinity ? {} : { lookBack: 10_000, pauseMs: 100 },
  );
  const flow = startFlow(log, FLOW, `420684-F${Date.now() % 100_000}`);
  const asking = await rig.connect(database);
  let before = 0;
  while (Date.now() < until && lags.length < wanted) {
    if (Date.now() < at) before = await taken(asking);
    await pause(100);
  }
  const flowed = (await taken(asking)) - before;
  await flow.stop();
  await stopWatching();
  await monitor.stop();
  await connection.end();
  await asking.end();
  await log.close();
  return { lags, flowed };
}

/** A day is declared closed: every case is judged again and every row written, because it names its calendar. */
async function rejudge({ rig, database, rules, isQuick, profile }) {
  const connection = await rig.connect(database);
  const monitor = await startMonitor(rig, { database, rules, profile });
  const [[{ cases }]] = await connection.query('SELECT COUNT(*) AS cases FROM case_file');
  const [[{ newest }]] = await connection.query('SELECT MAX(id) AS newest FROM light_change');
  const digests = async () => {
    const [found] = await connection.query(
      "SELECT DISTINCT value FROM setting WHERE name LIKE 'calendar\\_digest/%'",
    );
    return found.map(({ value }) => value);
  };
  const [old] = await digests();
  const begin = performance.now();
  rules.close('2', ['2026-11-25']);
  while ((await digests()).includes(old)) {
    if (performance.now() - begin > (isQuick ? 120 : 400) * SECOND)
      throw new Error('not all is judged again');
    await pause(50);
  }
  const seconds = (performance.now() - begin) / 1000;
  const [[row]] = await connection.query(
    'SELECT (SELECT COUNT(*) FROM light_change WHERE id > ?) AS changes, ' +
      "(SELECT COUNT(*) FROM case_file WHERE calendar_version LIKE '%2%') AS written, " +
      "(SELECT COUNT(*) FROM light_change WHERE superseded_because = 'calendar') AS superseded",
    [newest],
  );
  const mostMiB = residentMiB(monitor.pid, 'VmHWM');
  await monitor.stop();
  await connection.end();
  const bar = (60 * Number(cases)) / 1_000_000;
  return [
    {
      what: `re-judge ${Number(cases).toLocaleString('en')} open cases after a calendar change, with writes`,
      measured: `${seconds.toFixed(1)} s`,
      bar: isQuick ? `≤ ${bar.toFixed(0)} s` : '≤ 60 s',
      ...{ seconds, casesPerSecond: Math.round(cases / seconds), mostMiB, ...row },
      met: seconds <= (isQuick ? bar : 60),
    },
  ];
}
