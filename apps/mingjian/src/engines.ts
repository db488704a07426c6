import { loadProcessSettings, openLog, type EventLog, type ProcessSettings } from '@mingjian/log';
import { createLogger, SystemClock, type Clock, type Logger } from '@mingjian/runtime';
import { openAnyStore, type Store } from '@mingjian/store';
import type { Registry } from 'prom-client';
import type { DataDir, Mode } from './daemon/data-dir';

/** What opening a log needs besides; a command has no registry and logs warnings only. */
interface Ports {
  clock?: Clock;
  logger?: Logger;
  registry?: Registry;
}

/** The settings of this process; a demonstration never writes into a site's engines. */
export function settingsOf(mode: Mode): ProcessSettings {
  const given = loadProcessSettings();
  if (mode === 'live') return given;
  return { settings: { ...given.settings, kafkaBrokers: '', databaseUrl: '' }, kafka: null };
}

/** The event log of a data directory, or the one that the settings name. */
export function openLogOf(process: ProcessSettings, dir: DataDir, ports: Ports = {}): Promise<EventLog> {
  const { clock = new SystemClock(), logger = createLogger({ level: 'warn' }), registry } = ports;
  return openLog(process, dir.log, {
    clock,
    logger,
    ...(registry === undefined ? {} : { registry }),
  });
}

/** The store of a data directory, or the one that the settings name. */
export function openStoreOf({ settings }: ProcessSettings, dir: DataDir): Promise<Store> {
  return openAnyStore(settings, dir.store);
}

/** Whether the data are in files of this machine, so that one process at a time may have them. */
export function isEmbedded({ settings, kafka }: ProcessSettings): boolean {
  return kafka === null && settings.databaseUrl === '';
}
