import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { SystemClock } from '@mingjian/runtime';
import { Server } from '../../libs/store/src/testing/database-server';
import { describeWithServices } from '../services/with-services';
import { OwnServices } from '../services/own-services';
import { subjectOf, wrongOverTwo } from './as-one';
import { asSent, panelQueries, type PanelQuery } from './panel-queries';
import { TestPrometheus } from './prometheus';
import { Reader } from './reader';
import { WatchedCity } from './watched-city';

/* What this spec guarantees: every query of every dashboard gives numbers, or rows, of two monitors that really watch a city
   together, as Prometheus scraped them and MariaDB keeps it, and as a user who may read the views of deploy/grafana/reader.sql
   only. None of them counts twice what both monitors say, or once what each did a part of. */

jest.setTimeout(900_000);

// A Kafka of its own: two monitors need topics that nobody else reads.
describeWithServices('the dashboards', ['kafka', 'mariadb', 'prometheus'], ({ mariadb }) => {
  const services = new OwnServices();
  const server = new Server(mariadb.rootUrl);
  const clock = new SystemClock();
  let dir: string;
  let url: string;
  let city: WatchedCity;
  let prometheus: TestPrometheus;
  let reader: Reader;
  let database: Connection;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-dashboards-'));
    url = await server.create();
    const { brokers } = await services.start('kafka');
    city = await WatchedCity.open({ databaseUrl: url, brokers });
    prometheus = await TestPrometheus.start(dir, city.addresses);
    reader = new Reader(mariadb.rootUrl, new URL(url).pathname.slice(1));
    database = await reader.open();
    await city.live();
    await city.act();
  });
  afterAll(async () => {
    await database?.end();
    await prometheus?.stop();
    await city?.close();
    await services.dispose();
    await reader?.drop();
    await server.drop(url);
    rmSync(dir, { recursive: true, force: true });
  });

  const isEmpty = async (query: PanelQuery): Promise<boolean> => {
    const text = asSent(query, clock.now());
    if (query.kind === 'sql') return ((await database.query(text))[0] as object[]).length === 0;
    return (await prometheus.numbers(query.kind, text)).length === 0;
  };

  it('are tried in a way that sees an empty answer and a wrong query', async () => {
    expect(await prometheus.numbers('instant', 'mingjian_no_such_metric')).toEqual([]);
    expect(await prometheus.numbers('range', '0 * mingjian_log_lag / 0')).toEqual([]);
    await expect(prometheus.numbers('instant', 'sum(')).rejects.toThrow('sum(');
    await expect(database.query('SELECT nothing FROM open_case')).rejects.toThrow('nothing');
  });

  it('have no panel that is empty or fails', async () => {
    let left = panelQueries();
    expect(left.length).toBeGreaterThan(100);
    // Rates need two scrapes, and a light needs its instant: what is empty now is asked again for some minutes.
    const until = clock.now() + 400_000;
    while (left.length > 0 && clock.now() < until) {
      await city.dueSoon();
      const empty: PanelQuery[] = [];
      for (const query of left) if (await isEmpty(query)) empty.push(query);
      left = empty;
    }
    expect(left.map(({ board, panel, text }) => `${board} / ${panel}: ${text}`)).toEqual([]);
  });

  it('count what the database holds', async () => {
    const [rows] = await database.query("SELECT COUNT(*) AS n FROM open_case WHERE light = 'red'");
    const [{ n }] = rows as [{ n: number }];
    expect(Number(n)).toBeGreaterThan(0);
    // Lights may come on between the two: the numbers meet within some scrapes.
    const until = clock.now() + 60_000;
    let counted = -1;
    while (counted < Number(n) && clock.now() < until)
      [counted = -1] = await prometheus.numbers('instant', 'light:mingjian_cases:sum{light="red"}');
    expect(counted).toBeGreaterThanOrEqual(Number(n));
  });

  it('say of two monitors what is so: the state once, what both did together', async () => {
    const kinds = await prometheus.kinds();
    const subjects = { state: 0, work: 0 };
    let left = panelQueries().flatMap((query) => {
      const text = query.kind === 'sql' ? '' : asSent(query, clock.now());
      const subject = subjectOf(text, kinds);
      if (subject !== null) subjects[subject]++;
      return subject === null ? [] : [{ text, subject }];
    });
    expect(subjects.state).toBeGreaterThan(80);
    expect(subjects.work).toBeGreaterThan(40);
    // Both monitors are not scraped in the same instant: what changes just then is looked at again.
    const until = clock.now() + 120_000;
    let wrong: string[];
    do {
      wrong = [];
      const again: typeof left = [];
      for (const one of left) {
        const found = await wrongOverTwo(prometheus, city.addresses, one.text, one.subject, clock.now());
        if (found.length > 0) again.push(one);
        wrong.push(...found);
      }
      left = again;
    } while (left.length > 0 && clock.now() < until);
    expect(wrong).toEqual([]);
  });

  it('would be found out if they did not', async () => {
    const at = clock.now();
    const wrong = (text: string, subject: 'state' | 'work'): Promise<string[]> =>
      wrongOverTwo(prometheus, city.addresses, text, subject, at);
    expect(await wrong('sum by (light) (mingjian_cases)', 'state')).not.toEqual([]);
    expect(await wrong('max(mingjian_pipeline_seconds_count)', 'work')).not.toEqual([]);
  });

  it('and count each light once, whichever monitor lit it', async () => {
    const until = clock.now() + 60_000;
    let [counted, held] = [0, -1];
    while (counted !== held && clock.now() < until) {
      held = await city.lightChanges();
      [counted = 0] = await prometheus.numbers('instant', 'sum(mingjian_light_changes_total)');
    }
    expect(held).toBeGreaterThan(100);
    expect(counted).toBe(held);
    for (const host of city.addresses) {
      const [one = 0] = await prometheus.numbers(
        'instant',
        `sum(mingjian_light_changes_total{instance="${host}"})`,
      );
      expect(one).toBeGreaterThan(0);
    }
  });

  it('read with a user who sees nothing but the views', async () => {
    const [rows] = await database.query('SHOW DATABASES');
    const names = (rows as { Database: string }[]).map((row) => row.Database);
    expect(names.filter((name) => name.startsWith('mingjian'))).toHaveLength(1);
    await expect(database.query(`SELECT * FROM ${new URL(url).pathname.slice(1)}.account`)).rejects.toThrow(
      /denied/,
    );
    await expect(database.query('DELETE FROM open_case')).rejects.toThrow(/denied/);
  });

  it('and no alert of the rules cannot be worked out', async () => {
    const response = await fetch(`${prometheus.url}/api/v1/rules`);
    const { data } = (await response.json()) as {
      data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });
});
