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

/** A series of an answer: its labels, and its value now. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** A Prometheus of the test: reads some addresses every five seconds and works our rules out as often. */
export class TestPrometheus {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(dir: string, targets: readonly string[]): Promise<TestPrometheus> {
    const config = join(dir, 'prometheus.yml');
    writeFileSync(
      config,
      `global: { scrape_interval: 5s, evaluation_interval: 5s }
rule_files: ['${RULES}']
scrape_configs:
  - job_name: mingjian
    static_configs: [{ targets: ${JSON.stringify(targets)} }]
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
    const range = { start: String(end - RANGE_S), end: String(end), step: '5' };
    const result = await this.ask(kind, { query, ...(kind === 'range' ? range : {}) });
    return result
      .flatMap(({ value, values }) => values ?? (value === undefined ? [] : [value]))
      .map(([, text]) => Number(text))
      .filter((number) => !Number.isNaN(number));
  }

  /** The series that a query gives at an instant, epoch milliseconds; those that are NaN are none. */
  async samples(query: string, at: number): Promise<Sample[]> {
    const result = await this.ask('instant', { query, time: String(at / 1000) });
    return result
      .map(({ metric, value }) => ({ labels: metric, value: Number(value?.[1]) }))
      .filter(({ value }) => !Number.isNaN(value));
  }

  /** What kind of metric each name is: gauge, counter, histogram. */
  async kinds(): Promise<ReadonlyMap<string, string>> {
    const response = await fetch(`${this.url}/api/v1/metadata`);
    const { data } = (await response.json()) as { data: Record<string, { type: string }[]> };
    return new Map(Object.entries(data).map(([name, [first]]) => [name, first?.type ?? '']));
  }

  private async ask(
    kind: 'instant' | 'range',
    parameters: Record<string, string>,
  ): Promise<NonNullable<Answer['data']>['result']> {
    const response = await fetch(`${this.url}/api/v1/query${kind === 'range' ? '_range' : ''}`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
    });
    const { status, error, data } = (await response.json()) as Answer;
    if (status !== 'success') throw new Error(`${parameters.query}: ${error}`);
    return data?.result ?? [];
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}
