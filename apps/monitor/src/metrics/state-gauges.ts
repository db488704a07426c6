import { Gauge, Histogram, type Registry } from 'prom-client';
import { CLOCK_KINDS, LIGHTS, TOPICS } from '@mingjian/contracts';
import { instantOf } from '@mingjian/store';
import { STAGES } from '../health/progress-marks';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { clockKindOf } from './clock-kind-of';
import type { GaugeSources } from './gauge-sources';
import { SharedReading } from './shared-reading';
import { SourceGauges } from './source-gauges';

/**
 * Gauges of the present state, read from the store when Prometheus asks, so that they cannot drift from the rows.
 * With several monitors each reads the whole store: take `max`, not `sum`.
 */
export class StateGauges {
  private readonly cases: Gauge<'department' | 'item_class' | 'light'>;
  private readonly clocks: Gauge<'clock' | 'light'>;
  private readonly overdueAge: Histogram<'clock'>;
  private readonly daysLeft: Gauge<'calendar'>;
  private readonly lag: Gauge<'partition'>;
  private readonly lastProgress: Gauge<'stage'>;
  private readonly rulesLoaded: Gauge;

  constructor(
    registry: Registry,
    private readonly from: GaugeSources,
  ) {
    const registers = [registry];
    // Apart from each other: an event log that does not answer takes nothing of the store with it, and none of the two
    // what this process knows by itself.
    const rows = new SharedReading(from.wall, () => this.readRows());
    const log = new SharedReading(from.wall, () => this.readLag());
    const own = new SharedReading(from.wall, async () => this.readOwn());
    const gauge = <L extends string>(name: string, help: string, labelNames: L[], reading = rows): Gauge<L> =>
      new Gauge({ name, help, labelNames, registers, collect: () => reading.read() });
    this.cases = gauge(
      'mingjian_cases',
      'Open cases of the whole site by their worst light now; take max over monitors',
      ['department', 'item_class', 'light'],
    );
    this.clocks = gauge(
      'mingjian_clocks',
      'Running clocks of open cases by kind and light; take max over monitors',
      ['clock', 'light'],
    );
    this.overdueAge = new Histogram({
      name: 'mingjian_overdue_age_working_seconds',
      help: 'Working time since the due instant of open red cases, by the clock that decides; rebuilt at each scrape',
      labelNames: ['clock'],
      buckets: [3_600, 14_400, 28_800, 86_400, 144_000, 288_000, 576_000, 1_440_000],
      registers,
      collect: () => rows.read(),
    });
    this.daysLeft = gauge(
      'mingjian_calendar_days_left',
      'Days until the published horizon of a calendar',
      ['calendar'],
      own,
    );
    this.lag = gauge(
      'mingjian_log_lag',
      'Records of step events that wait in a partition',
      ['partition'],
      log,
    );
    this.lastProgress = gauge(
      'mingjian_last_progress_timestamp_seconds',
      'When a stage last did its work, on the clock of the machine',
      ['stage'],
      own,
    );
    this.rulesLoaded = gauge(
      'mingjian_rules_load_successful',
      'Whether the rules as they are on disk are in force',
      [],
      own,
    );
    new SourceGauges(registry, from);
  }

  private async readRows(): Promise<void> {
    await this.readCases();
    await this.readOverdueAges();
  }

  private async readLag(): Promise<void> {
    for (const [partition, records] of await this.from.log.lag(MONITOR_GROUP, TOPICS.stepEvents))
      this.lag.set({ partition: String(partition) }, records);
  }

  private readOwn(): void {
    const now = this.from.clock.now();
    this.daysLeft.reset();
    for (const calendar of this.from.rules.current.calendars.values()) {
      const days = calendar.publishedDaysLeft(now);
      if (days !== null) this.daysLeft.set({ calendar: calendar.id }, days);
    }
    for (const stage of STAGES) this.lastProgress.set({ stage }, this.from.progress.lastAt(stage) / 1000);
    this.rulesLoaded.set(this.from.rules.isLoadSuccessful ? 1 : 0);
  }

  private async readCases(): Promise<void> {
    const labels = this.from.labels();
    const counts = await this.from.counts.read();
    const silent = await this.from.sources.silentDepartments();
    // Reset, zeros and counts in one turn: a scrape never sees a half.
    this.cases.reset();
    this.clocks.reset();
    for (const light of LIGHTS) {
      for (const clock of CLOCK_KINDS) this.clocks.set({ clock, light }, 0);
      for (const department of labels.departments)
        for (const item_class of labels.itemClasses) this.cases.set({ department, item_class, light }, 0);
    }
    for (const row of counts) {
      const count = Number(row.count);
      this.cases.inc(
        {
          department: labels.department(row.department),
          item_class: labels.itemClass(row.itemClass),
          light: row.department !== null && silent.has(row.department) ? 'grey' : row.light,
        },
        count,
      );
      for (const entry of row.clockLights === '' ? [] : row.clockLights.split(';')) {
        const [clock, light, times] = entry.split(/[=*]/);
        if (clock !== undefined && light !== undefined)
          this.clocks.inc({ clock, light }, Number(times) * count);
      }
    }
  }

  private async readOverdueAges(): Promise<void> {
    const rows = await this.from.store.query<{ clock: string; due_at: string | Date; count: number }>(
      'SELECT clock, due_at, COUNT(*) AS count FROM case_file ' +
        'WHERE is_open = 1 AND light_rank = 0 AND due_at IS NOT NULL AND clock IS NOT NULL GROUP BY clock, due_at',
    );
    const { calendar } = this.from.rules.current.book.newest;
    const now = this.from.clock.now();
    this.overdueAge.reset();
    for (const clock of CLOCK_KINDS) this.overdueAge.zero({ clock });
    for (const row of rows) {
      const seconds = calendar.elapsedMs(instantOf(row.due_at), now) / 1000;
      for (let i = 0; i < Number(row.count); i++)
        this.overdueAge.observe({ clock: clockKindOf(row.clock) }, seconds);
    }
  }
}
