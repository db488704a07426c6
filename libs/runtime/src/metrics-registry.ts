import { Counter, Registry } from 'prom-client';

/** A registry of one process; never prom-client's global one. */
export function openRegistry(): Registry {
  return new Registry();
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
    help: 'Step events by source, feed and result (accepted, duplicate, quarantined)',
    labelNames: ['source', 'feed', 'result'],
    registers: [registry],
  });
}
