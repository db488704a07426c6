import { join } from 'node:path';
import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { openLog, type ProcessSettings } from '@mingjian/log';
import { createLogger, openRegistry, Shutdown, SystemClock } from '@mingjian/runtime';
import { Registry } from 'prom-client';
import { CollectorModule } from './collector.module';
import { FileSourceRegistry } from './source/file-source-registry';

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

/** The collector alone in a process: what it needs, opened; the address it listens on; the order in which it stops. */
export async function startCollector(
  processSettings: ProcessSettings,
): Promise<{ url: string; shutdown: Shutdown }> {
  const { settings } = processSettings;
  const logger = createLogger({ level: settings.logLevel });
  const clock = new SystemClock();
  const registry = openRegistry();
  const log = await openLog(processSettings, join(settings.dataDir, 'log.db'), { clock, logger, registry });
  const sources = new FileSourceRegistry(join(settings.dataDir, 'sources.json'), logger);

  @Module({
    imports: [CollectorModule.register({ log, clock, sources, registry, logger, settings })],
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
  // Requests first: what they acknowledge must still find the log open.
  const shutdown = new Shutdown(settings.shutdownSeconds * 1000, logger)
    .step('http', () => app.close())
    .step('event log', () => log.close());
  return { url, shutdown };
}
