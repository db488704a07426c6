import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BadInputError } from '@mingjian/contracts';
import { openEmbeddedLog } from '@mingjian/log';
import {
  ConfigError,
  createLogger,
  loadConfig,
  openRegistry,
  Settings,
  Shutdown,
  SystemClock,
} from '@mingjian/runtime';
import { openStore } from '@mingjian/store';
import { findBoardDir } from './api/board-dir';
import { setUpHttp } from './api/http-setup';
import { Monitor } from './monitor';
import { MonitorModule } from './monitor.module';
import { monitorSettingsOf } from './monitor-settings';

/** The monitor as a process of its own: on the log and the store of the data directory. */
async function main(): Promise<void> {
  const settings = loadConfig(Settings);
  const logger = createLogger({ level: settings.logLevel });
  const clock = new SystemClock();
  const store = await openStore({ file: join(settings.dataDir, 'store.db') });
  const log = openEmbeddedLog({
    file: join(settings.dataDir, 'log.db'),
    partitions: settings.logPartitions,
    clock,
  });
  const boardDir = findBoardDir();
  const app = await NestFactory.create<NestFastifyApplication>(
    MonitorModule.register({
      store,
      log,
      clock,
      wall: clock,
      settings: monitorSettingsOf(settings, null, boardDir),
      registry: openRegistry(),
      logger,
    }),
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  setUpHttp(app, boardDir);
  const shutdown = new Shutdown(settings.shutdownSeconds * 1000, logger)
    .step('monitor and HTTP', () => app.close())
    .step('event log', () => log.close())
    .step('store', () => store.close());
  shutdown.onSignals((code) => process.exit(code));
  app.get(Monitor).failed.catch(() => void shutdown.run('failure').then(() => process.exit(70)));
  await app.listen(settings.port, settings.host);
  logger.info({ url: await app.getUrl() }, 'The monitor listens.');
}

main().catch((error: unknown) => {
  const isBadInput = error instanceof BadInputError;
  const text =
    isBadInput || error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof ConfigError ? error.exitCode : isBadInput ? 65 : 70);
});
