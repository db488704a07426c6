import { listSourceClocks, type Store } from '@mingjian/store';
import { Gauge, type Registry } from 'prom-client';

/**
 * What the clocks of the sources were ahead of ours at other exchanges than heartbeats, read from the store when Prometheus
 * asks. Every monitor reads the same store: take `max`, not `sum`.
 */
export function observeSourceClocks(store: Store, registry: Registry): void {
  new Gauge({
    name: 'mingjian_source_clock_offset_measured_seconds',
    help: 'What the clock of a source was ahead of ours at its latest table poll, HTTP push or topic message',
    labelNames: ['source', 'way'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { source, way, offsetMs } of await listSourceClocks(store))
        this.set({ source, way }, offsetMs / 1000);
    },
  });
}
