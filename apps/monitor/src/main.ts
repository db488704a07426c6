import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BadInputError } from '@mingjian/contracts';
import { loadProcessSettings, openLog } from '@mingjian/log';
import {
  ConfigError,
  createLogger,
  observeProcess,
  openRegistry,
  Shutdown,
  SystemClock,
} from '@mingjian/runtime';
import { openAnyStore } from '@mingjian/store';
import { findConsoleDir } from './api/console-dir';
import { httpAdapter } from './api/http-adapter';
import { setUpHttp } from './api/http-setup';
import { accessSettingsOf } from './identity/access-settings';
import { firstAdministratorText } from './identity/first-administrator-text';
import { Identity } from './identity/identity';
import { ledgerSettingsOf } from './ledger/ledger-settings';
import { Monitor } from './monitor';
import { MonitorModule } from './monitor.module';
import { monitorSettingsOf } from './monitor-settings';

/** The monitor as a process of its own, on the engines that the settings name. */
async function main(): Promise<void> {
  const processSettings = loadProcessSettings();
  const { settings } = processSettings;
  const access = accessSettingsOf(settings, false, join(settings.dataDir, 'sealing-keys.json'));
  const logger = createLogger({ level: settings.logLevel });
  const clock = new SystemClock();
  const shutdown = new Shutdown(settings.shutdownSeconds * 1000, logger);
  const isStarted = shutdown.starting();
  shutdown.onSignals((code) => process.exit(code));
  const registry = openRegistry();
  observeProcess(registry);
  const store = await openAnyStore(settings, join(settings.dataDir, 'store.db'));
  const log = await openLog(processSettings, join(settings.dataDir, 'log.db'), { clock, logger, registry });
  const consoleDir = findConsoleDir();
  const app = await NestFactory.create<NestFastifyApplication>(
    MonitorModule.register({
      store,
      log,
      clock,
      wall: clock,
      settings: monitorSettingsOf(settings, null, consoleDir, access),
      registry,
      logger,
      ledger: ledgerSettingsOf(settings, settings.dataDir),
    }),
    httpAdapter(settings),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  await setUpHttp(app, consoleDir);
  shutdown
    .step('monitor and HTTP', () => app.close())
    .step('event log', () => log.close())
    .step('store', () => store.close());
  app.get(Monitor).failed.catch(() => void shutdown.run('failure').then(() => process.exit(70)));
  await app.listen(settings.port, settings.host);
  // Shown to whoever starts it, never logged: logs are kept and sent on.
  const first = await app.get(Identity).firstAdministrator();
  if (first !== null) process.stdout.write(firstAdministratorText(first));
  logger.info({ url: await app.getUrl() }, 'The monitor listens.');
  isStarted();
}

main().catch((error: unknown) => {
  const isBadInput = error instanceof BadInputError;
  const text =
    isBadInput || error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof ConfigError ? error.exitCode : isBadInput ? 65 : 70);
});
