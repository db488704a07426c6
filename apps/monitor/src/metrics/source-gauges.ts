import { dateTextOf } from '@mingjian/rules';
import { Gauge, type Registry } from 'prom-client';
import { missingBySource } from '../source-health/reconcile';
import type { GaugeSources } from './gauge-sources';
import { SharedReading } from './shared-reading';

/** Dates of which what was sent is held against what arrived. */
const RECONCILED_DAYS = 31;

/** Gauges of the sources, read from the store when Prometheus asks: take `max` over monitors, not `sum`. */
export class SourceGauges {
  private readonly silent: Gauge<'source'>;
  private readonly state: Gauge<'source' | 'state'>;
  private readonly clockOffset: Gauge<'source'>;
  private readonly missing: Gauge<'source'>;

  constructor(
    registry: Registry,
    private readonly from: Pick<GaugeSources, 'store' | 'clock' | 'wall' | 'rules' | 'sources'>,
  ) {
    const shared = new SharedReading(from.wall, () => this.read());
    const gauge = <L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> =>
      new Gauge({ name, help, labelNames, registers: [registry], collect: () => shared.read() });
    this.silent = gauge('mingjian_source_silent_seconds', 'Time since the last sign of life of a source', [
      'source',
    ]);
    this.state = gauge('mingjian_source_state', 'State of a source, 1 for the one that holds', [
      'source',
      'state',
    ]);
    this.clockOffset = gauge(
      'mingjian_source_clock_offset_seconds',
      'What the clock of a source was ahead of ours at its latest heartbeat',
      ['source'],
    );
    this.missing = gauge(
      'mingjian_source_events_missing',
      'Step events of the last 31 days that a source says it has sent and that have not arrived',
      ['source'],
    );
  }

  private async read(): Promise<void> {
    const readings = await this.from.sources.read();
    const { calendar } = this.from.rules.current.book.newest;
    const since = dateTextOf(calendar.dayOf(this.from.clock.now()) - RECONCILED_DAYS);
    const missing = await missingBySource(this.from.store, since);
    for (const gauge of [this.silent, this.state, this.clockOffset, this.missing]) gauge.reset();
    for (const { source, silentMs, isAlive, clockOffsetMs } of readings) {
      this.silent.set({ source }, silentMs / 1000);
      this.state.set({ source, state: 'alive' }, isAlive ? 1 : 0);
      this.state.set({ source, state: 'silent' }, isAlive ? 0 : 1);
      if (clockOffsetMs !== null) this.clockOffset.set({ source }, clockOffsetMs / 1000);
      this.missing.set({ source }, missing.get(source) ?? 0);
    }
  }
}
