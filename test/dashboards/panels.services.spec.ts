import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { SystemClock } from '@mingjian/runtime';
import { Server } from '../../libs/store/src/testing/database-server';
import { describeWithServices } from '../services/with-services';
import { asSent, panelQueries, type PanelQuery } from './panel-queries';
import { TestPrometheus } from './prometheus';
import { Reader } from './reader';
import { WatchedCity } from './watched-city';

/* What this spec guarantees: every query of every dashboard gives numbers, or rows, of a monitor that really watches a city,
   as Prometheus scraped it and MariaDB keeps it, and as a user who may read the views of deploy/grafana/reader.sql only. */

jest.setTimeout(400_000);

/** Panels that this set-up leaves empty, and why. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
  'Kafka 消费者': 'the log is the embedded one here; its consumers are not of Kafka',
};

describeWithServices('the dashboards', ['mariadb', 'prometheus'], ({ mariadb }) => {
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
    city = await WatchedCity.open(url);
    prometheus = await TestPrometheus.start(dir, new URL(city.url).host);
    reader = new Reader(mariadb.rootUrl, new URL(url).pathname.slice(1));
    database = await reader.open();
    await city.live();
    await city.act();
  });
  afterAll(async () => {
    await database?.end();
    await prometheus?.stop();
    await city?.close();
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
    let left = panelQueries().filter(({ panel }) => !(panel in MAY_BE_EMPTY));
    expect(left.length).toBeGreaterThan(100);
    // Rates need two scrapes, and a light needs its instant: what is empty now is asked again for two minutes.
    const until = clock.now() + 120_000;
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
