import { countQuarantined, QUARANTINE_STATES, type Store } from '@mingjian/store';
import { Gauge, type Registry } from 'prom-client';

/**
 * Records in quarantine by state, read from the store when Prometheus asks: `held` is somebody's task, the others are over.
 * Every monitor reads the same store: take `max`, not `sum`.
 */
export function observeQuarantine(store: Store, registry: Registry): void {
  new Gauge({
    name: 'mingjian_quarantine_records',
    help: 'Records that could not be used, by state: held for a person, released, resolved by themselves, discarded',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await countQuarantined(store);
      for (const state of QUARANTINE_STATES) this.set({ state }, counts[state]);
    },
  });
}
