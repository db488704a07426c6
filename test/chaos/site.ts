import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KafkaSettings, openKafkaLog, type EventLog } from '@mingjian/log';
import { createLogger, SystemClock } from '@mingjian/runtime';
import { openAnyStore, type Store } from '@mingjian/store';
import { createConnection } from 'mysql2/promise';
import { FileSourceRegistry } from '../../apps/collector/src/source/file-source-registry';
import type { OwnServices } from '../services/own-services';
import type { ServiceAddresses } from '../services/with-services';
import type { Build } from './build';
import { SOURCE } from './load';
import { ManagedProcess } from './managed-process';

/** The shortest that brokers grant. */
export const SESSION_TIMEOUT_MS = 6_000;
export const PARTITIONS = 4;

export interface SiteOptions {
  build: Build;
  kafka: OwnServices;
  mariadb: OwnServices;
  rules: { rulesets: string; calendars: string };
  monitors: number;
  /** Settings of the processes beside those of a site. */
  env?: Readonly<Record<string, string>>;
  /** Settings of one process beside those of all. */
  envOf?: (name: string) => Readonly<Record<string, string>>;
}

/** A site on real engines: one collector and some monitors, each in a process of its own, on a database of their own. */
export class Site {
  readonly dir = mkdtempSync(join(tmpdir(), 'mingjian-site-'));
  readonly collector: ManagedProcess;
  readonly monitors: ManagedProcess[];
  readonly key: string;
  private readonly env: Record<string, string>;

  private constructor(
    readonly options: SiteOptions,
    readonly brokers: string,
    private readonly rootUrl: string,
    private readonly database: string,
    url: string,
  ) {
    this.key = new FileSourceRegistry(join(this.dir, 'sources.json')).addSource(SOURCE, 'tax');
    const secret = join(this.dir, 'password');
    const { password } = new URL(url);
    writeFileSync(secret, decodeURIComponent(password), { mode: 0o600 });
    const server = new URL(url);
    server.password = '';
    server.pathname = `/${database}`;
    this.databaseUrl = server.href.replace(/^mysql:/, 'mariadb:');
    this.password = decodeURIComponent(password);
    this.env = {
      NODE_PATH: options.build.nodePath,
      MINGJIAN_DATA_DIR: this.dir,
      MINGJIAN_PORT: '0',
      MINGJIAN_KAFKA_BROKERS: brokers,
      MINGJIAN_KAFKA_PARTITIONS: String(PARTITIONS),
      MINGJIAN_KAFKA_SESSION_TIMEOUT_MS: String(SESSION_TIMEOUT_MS),
      MINGJIAN_DATABASE_URL: this.databaseUrl,
      MINGJIAN_DATABASE_PASSWORD_FILE: secret,
      MINGJIAN_RULESETS: options.rules.rulesets,
      MINGJIAN_CALENDARS: options.rules.calendars,
      // Small, so that a run is in the middle of something whenever it is disturbed.
      MINGJIAN_INTAKE_BATCH: '40',
      MINGJIAN_SWEEP_BATCH: '20',
      MINGJIAN_SWEEP_INTERVAL_SECONDS: '2',
      MINGJIAN_AUDIT_SECONDS: '5',
      MINGJIAN_SECOND_OPINION_SECONDS: '3',
      ...options.env,
    };
    this.collector = this.process('collector', options.build.collector);
    this.monitors = Array.from({ length: options.monitors }, (_, n) =>
      this.process(`monitor-${n + 1}`, options.build.monitor),
    );
  }

  private readonly databaseUrl: string;
  private readonly password: string;

  /** Starts the engines where they do not run, makes a database, and starts nothing of the product yet. */
  static async open(options: SiteOptions): Promise<Site> {
    const [kafka, mariadb] = await Promise.all([
      options.kafka.start('kafka'),
      options.mariadb.start('mariadb'),
    ]);
    const database = `mingjian_site_${process.pid}_${sites++}`;
    await asRoot(mariadb, `CREATE DATABASE ${database}`);
    return new Site(options, kafka.brokers.join(','), mariadb.rootUrl, database, mariadb.url);
  }

  get processes(): ManagedProcess[] {
    return [this.collector, ...this.monitors];
  }

  /** Where the collector listens; null while it does not. */
  get address(): string | null {
    return /"url":"([^"]+)"/.exec(this.collector.said)?.[1] ?? null;
  }

  openLog(): Promise<EventLog> {
    return openKafkaLog({
      settings: KafkaSettings.parse({ kafkaBrokers: this.brokers, kafkaPartitions: PARTITIONS }),
      clock: new SystemClock(),
      logger: createLogger({ level: 'silent' }),
    });
  }

  openStore(): Promise<Store> {
    const settings = { databaseUrl: this.databaseUrl, databasePassword: this.password, databaseCa: '' };
    return openAnyStore(settings, '');
  }

  /** Asks the database, once and without the patience of the product. */
  async withDatabase<T>(
    ask: (query: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<T>,
  ): Promise<T> {
    const connection = await createConnection({ uri: new URL(`/${this.database}`, this.rootUrl).href });
    try {
      return await ask(async (sql) => (await connection.query(sql))[0] as Record<string, unknown>[]);
    } finally {
      await connection.end();
    }
  }

  /** Ends what still runs; the engines are the caller's. */
  async close(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill({ again: false })));
    await asRoot({ rootUrl: this.rootUrl }, `DROP DATABASE IF EXISTS ${this.database}`).catch(
      () => undefined,
    );
    rmSync(this.dir, { recursive: true, force: true });
  }

  private process(name: string, main: string): ManagedProcess {
    const dir = join(this.dir, 'processes');
    mkdirSync(dir, { recursive: true });
    const env = { ...this.env, MINGJIAN_KAFKA_CLIENT_ID: name, ...this.options.envOf?.(name) };
    return new ManagedProcess({ name, main, dir, env });
  }
}

let sites = 0;

async function asRoot({ rootUrl }: Pick<ServiceAddresses['mariadb'], 'rootUrl'>, sql: string): Promise<void> {
  const connection = await createConnection({ uri: rootUrl });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
