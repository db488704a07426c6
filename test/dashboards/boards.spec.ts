import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SystemClock } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import { Registry } from 'prom-client';
import { parse } from 'yaml';
import { NotifyMetrics } from '../../apps/monitor/src/notify/notify-metrics';
import { BOARDS, jsonOf } from '../../dashboards/boards';
import { asSent, panelQueries } from './panel-queries';

/* What this spec guarantees: the committed dashboards are what their TypeScript gives, one can tell them apart and get from
   one to the other, and they ask for metrics and views that there are. Whether the answers are empty: panels.services.spec. */

const ROOT = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const boards = Object.entries(BOARDS).map(([name, make]) => ({ name, board: make() }));
const panels = boards.flatMap(({ name, board }) =>
  (board.panels ?? []).flatMap((panel) => ('targets' in panel ? [{ name, panel }] : [])),
);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
  });
}

describe('the dashboards', () => {
  it('are committed as they are generated; npm run dashboards writes them', () => {
    const files = readdirSync(join(ROOT, 'dashboards/json')).sort();
    expect(files).toEqual(boards.map(({ name }) => `${name}.json`).sort());
    for (const file of files) expect(read(`dashboards/json/${file}`)).toBe(jsonOf(file.replace('.json', '')));
  });

  it('are eight, each with its own address and a Chinese title', () => {
    expect(boards.map(({ board }) => board.title)).toEqual([
      '监察总览',
      '部门',
      '事项·窗口·岗位',
      '投诉与督办',
      '数据来源与数据质量',
      '三级联动（市/镇/村）',
      '大厅大屏',
      '守护进程运行状态',
    ]);
    expect(new Set(boards.map(({ board }) => board.uid)).size).toBe(8);
  });

  it('have panels with a Chinese title and a word on what they count', () => {
    for (const { name, panel } of panels) {
      expect(`${name}: ${panel.title}`).toMatch(/[\u4e00-\u9fff]/);
      expect(`${name} ${panel.title}: ${panel.description}`).toMatch(/: .*[\u4e00-\u9fff]{4}/);
    }
    expect(panels.length).toBeGreaterThan(60);
  });

  it('say beside each number of Prometheus how it adds up over several monitors', () => {
    const silent = panels
      .filter(({ panel }) => panel.datasource?.type === 'prometheus')
      .filter(
        ({ panel }) => !/相加|最大值|最小值|每个进程|最近的|取最近|只有正在/.test(panel.description ?? ''),
      )
      .map(({ name, panel }) => `${name} ${panel.title}`);
    expect(silent).toEqual([]);
  });

  it('lead to each other and to the console, the wall excepted', () => {
    for (const { name, board } of boards)
      expect([name, ...(board.links ?? []).map(({ type }) => type)]).toEqual(
        name === 'screen' ? [name] : [name, 'dashboards', 'link'],
      );
  });

  it('name a light by its shape wherever they colour something as one', () => {
    const text = boards.map(({ name }) => jsonOf(name)).join('\n');
    const named = [...text.matchAll(/"legendFormat": "([^"]*[红黄灰绿]灯[^"]*)"/g)].map(
      ([, legend]) => legend,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((legend) => !/[●▲◌■]/.test(legend ?? ''))).toEqual([]);
  });

  it('ask for metrics that the product has, and for series that the rules record', () => {
    const code = ['apps', 'libs'].flatMap(sources).map(read).join('\n');
    const { groups } = parse(read('deploy/prometheus/recording.rules.yml')) as {
      groups: { rules: { record: string; expr: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const recorded = new Set(rules.map(({ record }) => record));
    const asked = [...panelQueries().map(({ text }) => text), ...rules.map(({ expr }) => expr)].join('\n');
    const series = [...new Set(asked.match(/[a-z0-9_:]*mingjian_[a-z0-9_:]+/g))];
    const unknown = series.filter((name) =>
      name.includes(':')
        ? !recorded.has(name)
        : !code.includes(`'${name.replace(/_(bucket|sum|count)$/, '')}'`),
    );
    expect(series.length).toBeGreaterThan(30);
    expect(unknown).toEqual([]);
  });

  it('show whatever became of a notification', async () => {
    const registry = new Registry();
    // Nobody reads the gauges: no store is asked.
    new NotifyMetrics(registry, {} as Store, new SystemClock(), () => ['mail']);
    const { values } = await registry.getSingleMetric('mingjian_notifications_total')!.get();
    const results = [...new Set(values.map(({ labels }) => labels.result))];
    expect(results).toContain('sent');
    const asked = panelQueries().map(({ text }) => text);
    const unseen = results.filter(
      (result) => !asked.some((text) => text.includes(`mingjian_notifications_total{result="${result}"}`)),
    );
    expect(unseen).toEqual([]);
  });

  it('read views that the user of Grafana may read', () => {
    const views = [...read('deploy/grafana/reader.sql').matchAll(/VIEW (\w+) AS/g)].map(([, view]) => view);
    const asked = panelQueries()
      .filter(({ kind }) => kind === 'sql')
      .flatMap(({ text }) => [...text.matchAll(/FROM (\w+)/g)].map(([, view]) => view));
    expect([...new Set(asked)].sort()).toEqual([...views].sort());
  });

  it('use no variable that they do not have', () => {
    for (const query of panelQueries()) expect(asSent(query, 0)).not.toMatch(/\$[\w{]/);
    for (const { name, board } of boards) {
      const has = (board.templating.list ?? []).map((variable) => variable.name);
      const used = [...jsonOf(name).matchAll(/\$\{?(department|source|console|database|prometheus)\b/g)];
      expect([...new Set(used.map(([, variable]) => variable))].filter((one) => !has.includes(one!))).toEqual(
        [],
      );
    }
  });
});
