import type { Registry } from 'prom-client';
import type { EventLog } from '@mingjian/log';
import type { Clock, Logger } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import type { LedgerSettings } from './ledger/ledger-settings';
import type { MonitorSettings } from './monitor-settings';

/** What the monitor is given. Whoever gives it also closes it, after the monitor stopped. */
export interface MonitorPorts {
  store: Store;
  /** Stamps records on the machine's clock. */
  log: EventLog;
  /** The clock by which cases are judged; a demonstration clock in the demonstration. */
  clock: Clock;
  /** The machine's clock, for the daemon's own health. */
  wall: Clock;
  settings: MonitorSettings;
  /** How this process signs the ledger; left out: it signs nothing. */
  ledger?: LedgerSettings;
  registry: Registry;
  logger: Logger;
}
