import { runProduct, spawnProduct, type Outcome, type Running } from './product';
import { until } from './until';

/** A daemon that has said where it listens. */
export interface Daemon extends Running {
  url: string;
  /** Asks as an inspector: signs in at the first call, where that is needed. */
  getJson<T>(path: string): Promise<T>;
  /** A request as an inspector. */
  ask(path: string): Promise<Response>;
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
  const variables = { MINGJIAN_DATA_DIR: dataDir, ...env };
  let cookie: Promise<string> | null = null;
  const ask = async (path: string): Promise<Response> => {
    if (cookie === null) {
      const response = await fetch(url + path);
      if (response.status !== 401) return response;
      cookie = inspectorOf(url, variables);
    }
    return fetch(url + path, { headers: { cookie: await cookie } });
  };
  return {
    ...running,
    url,
    ask,
    getJson: async <T>(path: string) => (await (await ask(path)).json()) as T,
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

let inspectors = 0;

/** Makes an account at the command line while the daemon runs, and signs in with it. @returns its cookie. */
async function inspectorOf(url: string, env: Readonly<Record<string, string>>): Promise<string> {
  const name = `inspector-${process.pid}-${++inspectors}`;
  const added = await runProduct(['user', 'add', name, '--role', 'inspector', '--json'], { env });
  if (added.code !== 0) throw new Error(`no account: ${added.err}`);
  const { oneTimePassword } = JSON.parse(added.out) as { oneTimePassword: string };
  const headers = { 'content-type': 'application/json', 'x-mingjian-request': '1' };
  const signedIn = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, password: oneTimePassword }),
  });
  const changed = await fetch(`${url}/v1/account/password`, {
    method: 'POST',
    headers: { ...headers, cookie: cookieOf(signedIn) },
    body: JSON.stringify({ current: oneTimePassword, wanted: 'tulip-cable-fourteen' }),
  });
  if (changed.status !== 204) throw new Error(`not signed in: ${await changed.text()}`);
  return cookieOf(changed);
}

function cookieOf(response: Response): string {
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
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
