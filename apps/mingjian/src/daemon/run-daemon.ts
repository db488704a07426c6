import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createLogger,
  DemoClock,
  observeProcess,
  openRegistry,
  Progress,
  Shutdown,
  SystemClock,
  type Clock,
} from '@mingjian/runtime';
import {
  COLLECTOR_PORTS,
  type CollectorPorts,
  importFile,
  loadFeeds,
  openFeeds,
  openSources,
  pacesOf,
  Publisher,
} from '../../../collector/src';
import { findConsoleDir } from '../../../monitor/src/api/console-dir';
import { httpAdapter } from '../../../monitor/src/api/http-adapter';
import { setUpHttp } from '../../../monitor/src/api/http-setup';
import { ledgerSettingsOf } from '../../../monitor/src/ledger/ledger-settings';
import { accessSettingsOf } from '../../../monitor/src/identity/access-settings';
import { Identity } from '../../../monitor/src/identity/identity';
import { Monitor } from '../../../monitor/src/monitor';
import { monitorSettingsOf } from '../../../monitor/src/monitor-settings';
import type { Io } from '../cli/io';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { chosenMapping } from '../files/chosen-mapping';
import { EXIT, UsageError } from '../cli/io';
import { caughtUp } from './caught-up';
import { DaemonModule } from './daemon.module';
import { dataDirOf, lockDataDir, type Mode } from './data-dir';
import { DEMO, HISTORY_DAYS, SimulatedCity } from './simulated-city';
import { SimulatedSources } from './simulated-sources';
import { listen, welcome } from './welcome';

export interface DaemonOptions {
  demo?: boolean;
  realTime?: boolean;
  input?: string;
  mapping?: string;
}

const DAY_MS = 86_400_000;

/**
 * The daemon: collector and monitor in one process, on the embedded engines unless the settings name others, until a
 * signal stops it.
 * Order of the start: settings, data directory, log, store, HTTP with rules and flow, feed. Order of the stop: what
 * brings work in first, the database last, within the bound of the settings.
 * @returns the exit code.
 */
export async function runDaemon(options: DaemonOptions, io: Io): Promise<number> {
  const mode = modeOf(options);
  const processSettings = settingsOf(mode);
  const { settings } = processSettings;
  const dir = dataDirOf(settings.dataDir, mode);
  const mapping =
    options.input === undefined
      ? null
      : await chosenMapping(options.mapping ?? '', processSettings, () => dir);
  const access = accessSettingsOf(settings, mode !== 'live', dir.sealingKeys);
  const wall = new SystemClock();
  // A demonstration never touches a department's systems.
  const feeds = mode === 'live' ? loadFeeds(settings.feeds) : [];
  const clock = clockOf(mode, settings.demoSpeed, wall);
  const logger = createLogger({ level: settings.logLevel });
  const shutdown = new Shutdown(settings.shutdownSeconds * 1000, logger);
  const ended = new Promise<number>((resolve) => shutdown.onSignals(resolve));
  const isStarted = shutdown.starting();

  const unlock = lockDataDir(dir);
  const registry = openRegistry();
  observeProcess(registry);
  const log = await openLogOf(processSettings, dir, { clock: wall, logger, registry });
  const store = await openStoreOf(processSettings, dir);
  const demo = clock instanceof DemoClock ? { speed: clock.speed, city: settings.demoCity } : null;
  const registered = await openSources(dir.sources, store, wall, logger);
  const sources = demo === null ? registered.sources : new SimulatedSources(demo.city, registered.sources);
  const ledger = ledgerSettingsOf(settings, dir.dir);
  const consoleDir = findConsoleDir();
  const app = await NestFactory.create<NestFastifyApplication>(
    DaemonModule.register(
      {
        store,
        log,
        clock,
        wall,
        ledger,
        registry,
        logger,
        settings: monitorSettingsOf(settings, demo, consoleDir, access),
      },
      { log, clock, sources, registry, logger, settings, paces: pacesOf(feeds, wall) },
    ),
    httpAdapter(settings),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  await setUpHttp(app, consoleDir);
  const monitor = app.get(Monitor);
  const city = clock instanceof DemoClock ? await openCity(clock) : null;

  const runner = openFeeds(feeds, {
    ...{ store, registry, joinFile: join(dir.dir, 'joins.db'), publisher: app.get(Publisher) },
    ports: app.get<CollectorPorts>(COLLECTOR_PORTS),
  });

  let isStopping = false;
  let hasFailed = false;
  if (city) shutdown.step('simulated city', () => city.stop());
  shutdown
    .step('file feed', () => (isStopping = true))
    .step('feeds', () => runner.stop())
    .step('http and monitor', () => app.close())
    .step('event log', () => log.close())
    .step('sources', () => registered.stop())
    .step('store', () => store.close())
    .step('data directory', unlock);
  const failed = monitor.failed.catch(async (error: unknown) => {
    hasFailed = true;
    logger.fatal({ err: error }, 'The monitor gave up.');
    await shutdown.run('failure');
    return EXIT.software;
  });

  try {
    const url = await listen(app, settings, demo !== null, logger);
    const first = access.auth === 'local' ? await app.get(Identity).firstAdministrator() : null;
    await io.out(welcome(url, mode, demo, access.auth, first));
    if (access.auth === 'demo')
      logger.warn('The demonstration asks nobody to sign in: everybody on this machine may do everything.');
    await runner.start();
    isStarted();
    if (city) void feedCity(city);
    if (options.input !== undefined) void feedFile(options.input);
  } catch (error) {
    await shutdown.run('the start failed');
    throw error;
  }
  return Promise.race([ended, failed]);

  async function openCity(demoClock: DemoClock): Promise<SimulatedCity> {
    const firstDay = Math.floor(wall.now() / DAY_MS) * DAY_MS - HISTORY_DAYS * DAY_MS;
    const range =
      mode === 'demo' ? DEMO : { from: new Date(firstDay).toISOString().slice(0, 10), liveFrom: wall.now() };
    return SimulatedCity.open({
      ...range,
      city: settings.demoCity,
      seed: settings.demoSeed,
      clock: demoClock,
      store,
      logger,
      publisher: app.get(Publisher),
      futureToleranceMs: settings.futureToleranceSeconds * 1000,
      settle: async () => {
        await caughtUp(log, () => hasFailed);
        await monitor.timer.sweepNow();
      },
    });
  }

  /** What history lights up was due before the daemon ran: that is no lag of the daemon. */
  async function feedCity(simulated: SimulatedCity): Promise<void> {
    const progress = new Progress({ label: 'history', unit: 'step events', clock: wall });
    try {
      monitor.metrics.observesLag = false;
      await simulated.start(progress);
      monitor.metrics.observesLag = true;
      progress.finish();
    } catch (error) {
      logger.error({ err: error }, 'The history of the simulated city could not be played in.');
    }
  }

  async function feedFile(file: string): Promise<void> {
    const progress = new Progress({ label: file, unit: 'records', clock: wall });
    try {
      const joinFile = join(dir.dir, 'joins.db');
      const counts = await importFile({ file, mapping: mapping!, log, clock, settings, progress, joinFile });
      progress.finish();
      logger.info({ file, ...counts }, 'The file was fed.');
    } catch (error) {
      // The closed log ends the feed; what it had taken is durable, and taking it again does no harm.
      if (isStopping)
        logger.info({ file }, 'Stopped within the file: the next start feeds it from the beginning.');
      else logger.error({ err: error, file }, 'The file could not be fed.');
    }
  }
}

function modeOf({ demo, realTime, input, mapping }: DaemonOptions): Mode {
  if ((input === undefined) !== (mapping === undefined))
    throw new UsageError('--input and --mapping belong together: a file, and how to read it');
  if (demo === false || input !== undefined) return 'live';
  return realTime ? 'demo-real-time' : 'demo';
}

function clockOf(mode: Mode, demoSpeed: number, wall: Clock): Clock {
  if (mode === 'live') return wall;
  return new DemoClock(0, mode === 'demo' ? demoSpeed : 1, wall);
}
