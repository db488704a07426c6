import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

/** A registry of one process; never prom-client's global one. */
export function openRegistry(): Registry {
  return new Registry();
}

/**
 * CPU, memory, file handles, event loop and garbage collection of this process, under prom-client's usual names. Once for
 * a process: its observers live as long as the process does.
 */
export function observeProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
}

/**
 * The one counter that two parts of a process write: the collector counts `accepted` and `quarantined`, the monitor
 * `duplicate`. Whoever comes first registers it.
 */
export function eventsTotal(registry: Registry): Counter<'source' | 'feed' | 'result'> {
  const known = registry.getSingleMetric('mingjian_events_total');
  if (known instanceof Counter) return known;
  return new Counter({
    name: 'mingjian_events_total',
    help: 'Step events by source, feed and result (accepted, duplicate, quarantined; refused: requests)',
    labelNames: ['source', 'feed', 'result'],
    registers: [registry],
  });
}
