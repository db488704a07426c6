import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaSettings, openKafkaLog } from '@mingjian/log';
import { createLogger, observeProcess, openRegistry, Settings, SystemClock } from '@mingjian/runtime';
import { departmentsOf, cityNamed, sourceOf } from '@mingjian/simulator';
import { openAnyStore } from '@mingjian/store';
import {
  COLLECTOR_PORTS,
  FileSourceRegistry,
  loadFeeds,
  openFeeds,
  pacesOf,
  Publisher,
  type CollectorPorts,
} from '../../apps/collector/src';
import { DaemonModule } from '../../apps/mingjian/src/daemon/daemon.module';
import { httpAdapter } from '../../apps/monitor/src/api/http-adapter';
import { setUpHttp } from '../../apps/monitor/src/api/http-setup';
import { accessSettingsOf } from '../../apps/monitor/src/identity/access-settings';
import { Monitor } from '../../apps/monitor/src/monitor';
import { MonitorModule } from '../../apps/monitor/src/monitor.module';
import type { MonitorPorts } from '../../apps/monitor/src/monitor-ports';
import { monitorSettingsOf } from '../../apps/monitor/src/monitor-settings';
import { ROOT } from '../acceptance/product';
import { until } from '../acceptance/until';

export const CITY = 'fangchenggang';
const PARTITIONS = 4;

/** An item that comes due at the instant that its case carries: the only way to see a light come on while one waits. */
const DUE_SOON = `
  A0998:
    name: 到点即亮的事项
    department: housing
    promise: carried
    statutory: 20wd
    delivery: none
`;
const RECIPIENTS = `
recipients: watched-city
version: '1'
link: http://127.0.0.1:8080
channels:
  platform: { kind: webhook, url: 'http://127.0.0.1:9/', secretFile: secret }
people:
  housing-window: { name: 住建窗口, roles: [post], departments: [housing], via: { platform: housing-window } }
`;
const FEED = `
feed: housing-drop
kind: folder
mapping: MAPPING
folder: FOLDER
files: ['*.csv']
every: 1s
`;

/** Two monitors of one site, the first with a collector in its process, and the keys of the sources. */
export interface CityProcesses {
  monitors: readonly [Monitor, Monitor];
  urls: readonly [string, string];
  keys: ReadonlyMap<string, string>;
}

/**
 * Opens them on the machine's clock.
 * @param closers what has to be closed, the last first, also where this throws
 */
export async function openCityProcesses(
  engines: { databaseUrl: string; brokers: readonly string[] },
  closers: (() => unknown)[],
): Promise<CityProcesses> {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-watched-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  const clock = new SystemClock();
  const settings = Settings.parse({
    port: 0,
    ...writeDocuments(dir),
    calendars: join(ROOT, 'rulesets/calendars'),
    sweepIntervalSeconds: 5,
    secondOpinionSeconds: 5,
    auditSeconds: 5,
  });
  const logger = createLogger({ level: 'silent' });
  const access = accessSettingsOf(settings, true, join(dir, 'sealing-keys.json'));
  const portsOf = async (name: string): Promise<MonitorPorts> => {
    const registry = openRegistry();
    observeProcess(registry);
    const log = await openKafkaLog({
      settings: KafkaSettings.parse({
        kafkaBrokers: engines.brokers.join(),
        kafkaPartitions: PARTITIONS,
        kafkaSessionTimeoutMs: 30_000,
        kafkaClientId: name,
      }),
      ...{ clock, logger, registry },
    });
    closers.push(() => log.close());
    const store = await openAnyStore(
      { databaseUrl: engines.databaseUrl, databasePassword: '', databaseCa: '' },
      '',
    );
    closers.push(() => store.close());
    return {
      ...{ store, log, clock, wall: clock, registry, logger },
      ledger: { keyFile: join(dir, 'ledger.pem'), algorithm: 'sha256' },
      settings: monitorSettingsOf(settings, null, null, access),
    };
  };
  const listen = async (module: DynamicModule): Promise<NestFastifyApplication> => {
    const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(settings), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    closers.push(() => app.close());
    await setUpHttp(app, null);
    await app.listen(0, '127.0.0.1');
    return app;
  };

  const ports = await portsOf('first');
  const { log, registry, store } = ports;
  const sources = new FileSourceRegistry(join(dir, 'sources.json'), logger);
  const keys = new Map(
    departmentsOf().map((department) => {
      const name = sourceOf(cityNamed(CITY), department);
      return [name, sources.addSource(name, department)];
    }),
  );
  const feeds = loadFeeds(settings.feeds);
  const first = await listen(
    DaemonModule.register(ports, {
      ...{ log, clock, sources, registry, logger, settings, paces: pacesOf(feeds, clock) },
    }),
  );
  const runner = openFeeds(feeds, {
    ...{ store, registry, joinFile: join(dir, 'joins.db'), publisher: first.get(Publisher) },
    ports: first.get<CollectorPorts>(COLLECTOR_PORTS),
  });
  closers.push(() => runner.stop());
  await runner.start();
  const second = await listen(MonitorModule.register(await portsOf('second')));
  const monitors = [first.get(Monitor), second.get(Monitor)] as const;
  await until(
    'two monitors that share the cases',
    () =>
      monitors.every(({ isReady, shards }) => isReady && shards.shards.length === PARTITIONS / 2)
        ? true
        : null,
    { withinMs: 180_000 },
  );
  return { monitors, urls: [await first.getUrl(), await second.getUrl()], keys };
}

function writeDocuments(dir: string): { rulesets: string; recipients: string; feeds: string } {
  for (const name of ['rulesets', 'feeds', 'drop']) mkdirSync(join(dir, name));
  const rules = readFileSync(join(ROOT, 'rulesets/demo-city/demo-city.yaml'), 'utf8');
  writeFileSync(
    join(dir, 'rulesets/demo-city.yaml'),
    rules.replace(/^items:\n/m, (line) => line + DUE_SOON.slice(1)),
  );
  writeFileSync(join(dir, 'secret'), 'secret');
  writeFileSync(join(dir, 'recipients.yaml'), RECIPIENTS);
  writeFileSync(
    join(dir, 'feeds/housing-drop.yaml'),
    FEED.replace('MAPPING', join(ROOT, 'feeds/mappings/exchange-view.yaml')).replace(
      'FOLDER',
      join(dir, 'drop'),
    ),
  );
  return {
    rulesets: join(dir, 'rulesets'),
    recipients: join(dir, 'recipients.yaml'),
    feeds: join(dir, 'feeds'),
  };
}
