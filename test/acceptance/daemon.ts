import { spawnProduct, type Outcome, type Running } from './product';
import { until } from './until';

/** A daemon that has said where it listens. */
export interface Daemon extends Running {
  url: string;
  getJson<T>(path: string): Promise<T>;
  /** Sum of the samples of a metric that carry all these labels; null where there is none. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number | null>;
  /** Sends the signal and waits for the end, at most ten seconds: longer is a failure of the stop. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>;
}

/** `mingjian start` on a data directory and a free port; resolves when it listens. */
export async function startDaemon(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Daemon> {
  const running = spawnProduct(['start', ...args], {
    env: { MINGJIAN_DATA_DIR: dataDir, MINGJIAN_PORT: '0', ...env },
  });
  const url = await until('the address of the daemon', () => {
    if (running.process.exitCode !== null)
      throw new Error(`the daemon ended with ${running.process.exitCode}: ${running.said.err}`);
    return /running: (http:\S+)/.exec(running.said.out)?.[1] ?? null;
  });
  return {
    ...running,
    url,
    getJson: async <T>(path: string) => (await (await fetch(url + path)).json()) as T,
    metric: async (name, labels = {}) => sumOf(await (await fetch(`${url}/metrics`)).text(), name, labels),
    stop: async (signal = 'SIGTERM') => {
      running.process.kill(signal);
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no end within 10 s: ${running.said.err}`)), 10_000);
      });
      return Promise.race([running.ended, tooLate]).finally(() => clearTimeout(timer));
    },
  };
}

/** Reads the text format of Prometheus. */
function sumOf(text: string, name: string, labels: Readonly<Record<string, string>>): number | null {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const samples = text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => wanted.every((pair) => line.includes(pair)));
  if (samples.length === 0) return null;
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
