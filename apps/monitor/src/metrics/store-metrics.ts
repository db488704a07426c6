import type { Store } from '@mingjian/store';
import { Counter, Histogram, type Registry } from 'prom-client';

const OPERATIONS = ['write', 'read'] as const;

/** How long the database takes, and how often it fails. An attempt that is made again counts again. */
export function observeStore(store: Store, registry: Registry): void {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'mingjian_store_seconds',
    help: 'Duration of a transaction (write) or a query (read), each attempt by itself; waiting for a turn is not in it',
    labelNames: ['operation'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const failures = new Counter({
    name: 'mingjian_store_failures_total',
    help: 'Transactions and queries that failed; most are tried again',
    labelNames: ['operation'],
    registers,
  });
  for (const operation of OPERATIONS) {
    seconds.zero({ operation });
    failures.inc({ operation }, 0);
  }
  store.observer = (operation, took, isFailed) => {
    seconds.observe({ operation }, took);
    if (isFailed) failures.inc({ operation });
  };
}
