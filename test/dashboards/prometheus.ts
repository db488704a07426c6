import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SystemClock } from '@mingjian/runtime';
import { until } from '../acceptance/until';
import { freePort } from './free-port';
import { RANGE_S } from './panel-queries';

const RULES = join(__dirname, '../../deploy/prometheus/*.rules.yml');

interface Answer {
  status: string;
  error?: string;
  data?: {
    result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[];
  };
}

/** A Prometheus of the test: reads one address each second and works our rules out as often. */
export class TestPrometheus {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(dir: string, target: string): Promise<TestPrometheus> {
    const config = join(dir, 'prometheus.yml');
    writeFileSync(
      config,
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ['${RULES}']
scrape_configs:
  - job_name: mingjian
    static_configs: [{ targets: ['${target}'] }]
`,
    );
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(dir, 'prometheus')}`,
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const prometheus = new TestPrometheus(child, `http://${address}`);
    await until('Prometheus', async () => {
      if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}`);
      return (await fetch(`${prometheus.url}/-/ready`).catch(() => null))?.ok ? true : null;
    });
    return prometheus;
  }

  /** Numbers that a query gives; NaN, which a panel cannot draw, is none. @throws where Prometheus refuses it. */
  async numbers(kind: 'instant' | 'range', query: string): Promise<number[]> {
    const end = new SystemClock().now() / 1000;
    const parameters = new URLSearchParams({ query });
    if (kind === 'range') {
      parameters.set('start', String(end - RANGE_S));
      parameters.set('end', String(end));
      parameters.set('step', '5');
    }
    const response = await fetch(`${this.url}/api/v1/query${kind === 'range' ? '_range' : ''}`, {
      method: 'POST',
      body: parameters,
    });
    const { status, error, data } = (await response.json()) as Answer;
    if (status !== 'success') throw new Error(`${query}: ${error}`);
    return (data?.result ?? [])
      .flatMap(({ value, values }) => values ?? (value === undefined ? [] : [value]))
      .map(([, text]) => Number(text))
      .filter((number) => !Number.isNaN(number));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}
