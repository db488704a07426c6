import { join } from 'node:path';
import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { openLog, type ProcessSettings } from '@mingjian/log';
import { createLogger, observeProcess, openRegistry, Shutdown, SystemClock } from '@mingjian/runtime';
import { openAnyStore, type Store } from '@mingjian/store';
import { Registry } from 'prom-client';
import { COLLECTOR_PORTS, type CollectorPorts } from './collector-ports';
import { CollectorModule } from './collector.module';
import { isRun, openFeeds, pacesOf } from './feed/run/open-feeds';
import { loadFeeds } from './feed/run/load-feeds';
import { Publisher } from './intake/publish';
import { openSources } from './source/open-sources';

@Controller()
class ProcessController {
  constructor(@Inject(Registry) private readonly registry: Registry) {}

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }

  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }
}

/**
 * The collector alone in a process: what it needs, opened; the address it listens on; the order in which it stops.
 * @param exit called when a signal has stopped it, also one that came while it started; left out: signals are the caller's.
 */
export async function startCollector(
  processSettings: ProcessSettings,
  exit?: (code: number) => void,
): Promise<{ url: string; shutdown: Shutdown }> {
  const { settings } = processSettings;
  const logger = createLogger({ level: settings.logLevel });
  const shutdown = new Shutdown(settings.shutdownSeconds * 1000, logger);
  const isStarted = shutdown.starting();
  if (exit !== undefined) shutdown.onSignals(exit);
  const clock = new SystemClock();
  const feeds = loadFeeds(settings.feeds);
  const registry = openRegistry();
  observeProcess(registry);
  const log = await openLog(processSettings, join(settings.dataDir, 'log.db'), { clock, logger, registry });
  // Where feeds have read to is kept in the store. So is who may send, which a process that knew it once can wait for.
  const openStore = (): Promise<Store> => openAnyStore(settings, join(settings.dataDir, 'store.db'));
  const store = feeds.some(isRun) ? await openStore() : null;
  const registered = store ?? (settings.databaseUrl === '' ? null : openStore);
  const followed = await openSources(join(settings.dataDir, 'sources.json'), registered, clock, logger);
  const { sources } = followed;
  const paces = pacesOf(feeds, clock);

  @Module({
    imports: [CollectorModule.register({ log, clock, sources, registry, logger, settings, paces })],
    controllers: [ProcessController],
    providers: [{ provide: Registry, useValue: registry }],
  })
  class CollectorProcessModule {}

  const app = await NestFactory.create<NestFastifyApplication>(CollectorProcessModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen(settings.port, settings.host);
  const url = await app.getUrl();
  if (sources.list().length === 0)
    logger.warn({ dataDir: settings.dataDir }, 'No source has a key yet; all is refused.');
  logger.info({ url }, 'Collector is listening.');
  const joinFile = join(settings.dataDir, 'joins.db');
  const runner =
    store === null
      ? null
      : openFeeds(feeds, {
          ...{ store, registry, joinFile, publisher: app.get(Publisher) },
          ports: app.get<CollectorPorts>(COLLECTOR_PORTS),
        });
  await runner?.start();
  // Requests first: what they acknowledge must still find the log open.
  shutdown
    .step('feeds', () => runner?.stop())
    .step('http', () => app.close())
    .step('sources', () => followed.stop())
    .step('store', () => store?.close())
    .step('event log', () => log.close());
  isStarted();
  return { url, shutdown };
}
