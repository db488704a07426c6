import { eventsTotal } from '@mingjian/runtime';
import { QUARANTINE_REASONS, type QuarantineReason } from '@mingjian/contracts';
import { Counter, Histogram, type Registry } from 'prom-client';
import { type Feed, FEEDS } from '@mingjian/mapping';

/** Departments report within seconds or after weeks; both must be told apart. Seconds. */
const DELAY_BUCKETS = [1, 5, 30, 60, 300, 1800, 3600, 21_600, 86_400, 259_200, 604_800, 2_592_000];

/** The label of a source that no registry knows; labels come from closed lists only. */
export const UNKNOWN_SOURCE = 'unknown';

/** What the collector counts; names and labels are a contract with the dashboards. */
export class CollectorMetrics {
  private readonly events: Counter<'source' | 'feed' | 'result'>;
  private readonly quarantined: Counter<'source' | 'reason'>;
  private readonly delay: Histogram<'source'>;
  private known = new Set<string>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.events = eventsTotal(registry);
    this.quarantined = new Counter({
      name: 'mingjian_quarantined_total',
      help: 'Records put into quarantine, by source and reason',
      labelNames: ['source', 'reason'],
      registers,
    });
    this.delay = new Histogram({
      name: 'mingjian_event_delay_seconds',
      help: 'From the time an event happened, as its department says, to its receipt',
      labelNames: ['source'],
      buckets: DELAY_BUCKETS,
      registers,
    });
    this.knowSources([]);
  }

  /** Every series of a source exists at 0 from the start: a counter that appears with 1 has no increase to see. */
  knowSources(names: readonly string[]): void {
    for (const source of [UNKNOWN_SOURCE, ...names]) {
      if (this.known.has(source)) continue;
      this.known.add(source);
      for (const feed of FEEDS)
        for (const result of ['accepted', 'quarantined']) this.events.inc({ source, feed, result }, 0);
      this.events.inc({ source, feed: 'http', result: 'refused' }, 0);
      for (const reason of QUARANTINE_REASONS) this.quarantined.inc({ source, reason }, 0);
      this.delay.zero({ source });
    }
  }

  countAccepted(source: string, feed: Feed, delayMs: number): void {
    const label = this.label(source);
    this.events.inc({ source: label, feed, result: 'accepted' });
    // A sender's clock may run ahead within the tolerance; no event is received before it happened.
    this.delay.observe({ source: label }, Math.max(0, delayMs) / 1000);
  }

  countQuarantined(source: string, feed: Feed, reason: QuarantineReason): void {
    const label = this.label(source);
    this.events.inc({ source: label, feed, result: 'quarantined' });
    this.quarantined.inc({ source: label, reason });
  }

  /** A request of a source that the approved register does not name, whatever it held: it was not read. */
  countRefused(source: string): void {
    this.events.inc({ source: this.label(source), feed: 'http', result: 'refused' });
  }

  private label(source: string): string {
    return this.known.has(source) ? source : UNKNOWN_SOURCE;
  }
}
