import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool } from './with-tool';

export type ServiceName = 'kafka' | 'mariadb' | 'prometheus' | 'alertmanager';

/** Addresses of real engines, as `npm run services` writes them. */
export interface ServiceAddresses {
  kafka: {
    brokers: string[];
    /** Brokers with TLS and SASL; they show `certificate` (a PEM file) and know `user` with `password`. */
    secureBrokers: string[];
    certificate: string;
    user: string;
    password: string;
    version: string;
  };
  /** `rootUrl` may make and drop databases; `url` is the product's own user in its database. */
  mariadb: { url: string; rootUrl: string; socket: string; version: string };
  prometheus: { url: string; version: string };
  alertmanager: { url: string; version: string };
}

interface ServiceResult {
  name: ServiceName;
  state?: string;
  error?: string;
}

const SCRIPT = join(__dirname, '../../scripts/services.mjs');

/**
 * Describes a suite that needs real engines. Those of `npm run services` are used where they run; others are started once
 * for the whole run of Jest, in a directory of their own, and stopped when Jest ends, however it ends.
 *
 * Where one cannot be had, the suite is reported as skipped with the reason and what to install; with `CI=true` it fails,
 * because there nobody reads what was skipped.
 */
export function describeWithServices<N extends ServiceName>(
  title: string,
  names: readonly N[],
  suite: (services: Pick<ServiceAddresses, N>) => void,
): void {
  const { addresses, reason } = findServices(names);
  if (addresses === null) describeWithTool(title, `needs ${names.join(' and ')}: ${reason}`, () => undefined);
  else describeWithTool(title, null, () => suite(addresses));
}

type Found<N extends ServiceName> =
  { addresses: Pick<ServiceAddresses, N>; reason?: never } | { addresses: null; reason: string };

/** Synchronous, because Jest wants to know its suites before anything can be awaited. */
function findServices<N extends ServiceName>(names: readonly N[]): Found<N> {
  const running = call(['status', ...names]);
  if (running.every(({ state }) => state === 'running')) return { addresses: byName(running) };
  const jest = jestPid();
  const home = join(tmpdir(), `mingjian-services-${jest}`);
  const started = call(['start', ...names, '--home', home, '--until-pid', String(jest)]);
  const errors = started.flatMap(({ name, error }) => (error === undefined ? [] : [`${name}: ${error}`]));
  return errors.length > 0 ? { addresses: null, reason: errors.join('; ') } : { addresses: byName(started) };
}

function call(args: readonly string[]): ServiceResult[] {
  const { stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args, '--json'], { encoding: 'utf8' });
  try {
    return JSON.parse(stdout) as ServiceResult[];
  } catch {
    throw new Error(`scripts/services.mjs ${args.join(' ')} gave no answer:\n${stderr}`);
  }
}

function byName<N extends ServiceName>(results: readonly ServiceResult[]): Pick<ServiceAddresses, N> {
  return Object.fromEntries(results.map((result) => [result.name, result])) as unknown as Pick<
    ServiceAddresses,
    N
  >;
}

/** The process that lives as long as the run: with several workers it is their parent. */
export function jestPid(): number {
  return process.send === undefined ? process.pid : process.ppid;
}
