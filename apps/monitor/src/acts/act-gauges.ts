import { Gauge, type Registry } from 'prom-client';
import { APPEAL_STATES, COMPLAINT_STATES, LIGHTS, ORDER_STATES } from '@mingjian/contracts';
import {
  countOpenAppeals,
  countOpenComplaints,
  countOpenOrders,
  countOpenRatingAppeals,
  type Store,
} from '@mingjian/store';

const OPEN_ORDERS = ORDER_STATES.filter((state) => state.startsWith('awaiting'));
const OPEN_APPEALS = APPEAL_STATES.filter((state) => state === 'filed' || state === 'referred');

const ENDED: ReadonlySet<string> = new Set(['closed', 'refused', 'withdrawn', 'reviewed', 'rechecked']);
const OPEN_COMPLAINTS = COMPLAINT_STATES.filter((state) => !ENDED.has(state));

/** Open orders, appeals, appeals against ratings and complaints, read from the store when Prometheus asks; all series exist at 0. Take `max`, not `sum`. */
export class ActGauges {
  constructor(registry: Registry, store: Store) {
    const gauge = (
      name: string,
      help: string,
      states: readonly string[],
      count: () => Promise<readonly { state: string; light: string; count: number }[]>,
    ): void => {
      new Gauge({
        name,
        help,
        labelNames: ['state', 'light'],
        registers: [registry],
        async collect() {
          const counts = await count();
          // Zeros and counts in one turn: a scrape never sees a half.
          for (const state of states) for (const light of LIGHTS) this.set({ state, light }, 0);
          for (const one of counts) this.set({ state: one.state, light: one.light }, one.count);
        },
      });
    };
    gauge('mingjian_orders', 'Open supervision orders by state and light', OPEN_ORDERS, () =>
      countOpenOrders(store),
    );
    gauge('mingjian_appeals', 'Open appeals by state and light', OPEN_APPEALS, () => countOpenAppeals(store));
    gauge('mingjian_rating_appeals', 'Open appeals against ratings by state and light', ['filed'], () =>
      countOpenRatingAppeals(store),
    );
    gauge('mingjian_complaints', 'Open complaints by state and light', OPEN_COMPLAINTS, () =>
      countOpenComplaints(store),
    );
  }
}
