import type { EventLog } from '@mingjian/log';
import type { Clock, Logger, Settings } from '@mingjian/runtime';
import type { Pace } from './feed/run/pace';
import type { CollectorMetrics } from './intake/collector-metrics';
import type { SourceRegistry } from './source/source-registry';

/** What the collector is given: it opens nothing by itself. */
export interface CollectorPorts {
  log: EventLog;
  clock: Clock;
  sources: SourceRegistry;
  /** Null where nobody scrapes. */
  metrics: CollectorMetrics | null;
  logger: Logger;
  /** What a source may send in a second, where a feed document bounds it; others may send without a bound. */
  paces?: ReadonlyMap<string, Pace>;
  settings: Pick<Settings, 'bodyLimitBytes' | 'futureToleranceSeconds' | 'intakeBatch'>;
}

/** Injection token of {@link CollectorPorts}. */
export const COLLECTOR_PORTS = Symbol('collector ports');
