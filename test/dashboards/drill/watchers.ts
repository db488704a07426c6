import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { until } from '../../acceptance/until';
import { freePort } from '../free-port';

const DEPLOY = join(__dirname, '../../../deploy');

interface Route {
  active_time_intervals?: string[];
  routes?: Route[];
}
interface AlertmanagerConfig {
  global: object;
  route: Route;
  receivers: { name: string }[];
}

/**
 * Prometheus with the configuration and the rules of the product, and Alertmanager with those of the example: its routes,
 * its patience, its inhibitions. Two things of the example are others here: every receiver is a webhook, and what is told
 * in working hours is told at any hour, because that is when somebody drills.
 */
export class Watchers {
  private constructor(
    readonly prometheusUrl: string,
    private readonly children: readonly ChildProcess[],
  ) {}

  /**
   * @param targets addresses of the processes that are watched
   * @param receiverUrl where Alertmanager tells, the name of its receiver behind it
   */
  static async start(dir: string, targets: readonly string[], receiverUrl: string): Promise<Watchers> {
    const [prometheus, alertmanager] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    writeFileSync(join(dir, 'alertmanager.yml'), alertmanagerConfig(receiverUrl));
    writePrometheus(dir, { mingjian: targets, alertmanager: [alertmanager], prometheus: [prometheus] });
    const children = [
      spawn(
        'prometheus-alertmanager',
        [
          `--config.file=${join(dir, 'alertmanager.yml')}`,
          `--storage.path=${join(dir, 'alertmanager')}`,
          `--web.listen-address=${alertmanager}`,
          '--cluster.listen-address=',
        ],
        { stdio: 'ignore' },
      ),
      spawn(
        'prometheus',
        [
          `--config.file=${join(dir, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(dir, 'prometheus')}`,
          `--web.listen-address=${prometheus}`,
          '--log.level=error',
        ],
        { stdio: 'ignore' },
      ),
    ];
    for (const child of children) child.on('error', (error) => process.stderr.write(`${error.message}\n`));
    const watchers = new Watchers(`http://${prometheus}`, children);
    for (const address of [alertmanager, prometheus])
      await until(address, async () =>
        (await fetch(`http://${address}/-/ready`).catch(() => null))?.ok ? true : null,
      );
    return watchers;
  }

  /** The number that a query gives; null where it gives none. */
  async number(query: string): Promise<number | null> {
    const response = await fetch(`${this.prometheusUrl}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query }),
    });
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
    const [first] = data.result;
    return first === undefined ? null : Number(first.value[1]);
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        if (child.exitCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }),
    );
  }
}

function writePrometheus(dir: string, targets: Record<string, readonly string[]>): void {
  for (const folder of ['rules', 'targets']) mkdirSync(join(dir, folder));
  copyFileSync(join(DEPLOY, 'local/prometheus.yml'), join(dir, 'prometheus.yml'));
  const rules = join(DEPLOY, 'prometheus');
  for (const file of readdirSync(rules).filter((name) => name.endsWith('.rules.yml')))
    copyFileSync(join(rules, file), join(dir, 'rules', file));
  for (const [name, addresses] of Object.entries(targets))
    writeFileSync(join(dir, 'targets', `${name}.json`), JSON.stringify([{ targets: addresses }]));
}

function alertmanagerConfig(receiverUrl: string): string {
  const text = readFileSync(join(DEPLOY, 'alertmanager/alertmanager.example.yml'), 'utf8');
  const config = parse(text) as AlertmanagerConfig;
  return stringify({
    ...config,
    global: {},
    route: atAnyHour(config.route),
    receivers: config.receivers.map(({ name }) => ({
      name,
      webhook_configs: [{ url: `${receiverUrl}/${name}`, send_resolved: true }],
    })),
  });
}

function atAnyHour({ active_time_intervals: _, routes = [], ...route }: Route): Route {
  return { ...route, routes: routes.map(atAnyHour) };
}
