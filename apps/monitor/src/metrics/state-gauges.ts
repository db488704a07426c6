import { Gauge, Histogram, type Registry } from 'prom-client';
import { CLOCK_KINDS, LIGHTS, TOPICS } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import type { Clock } from '@mingjian/runtime';
import { dateTextOf } from '@mingjian/rules';
import { instantOf, type Store } from '@mingjian/store';
import type { ProgressMarks } from '../health/progress-marks';
import { STAGES } from '../health/progress-marks';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import type { RuleBookKeeper } from '../rulebook/rule-book-keeper';
import { clockKindOf } from './clock-kind-of';
import type { LabelLists } from './label-lists';
import type { OpenCaseCounts } from './open-case-counts';
import { missingBySource } from '../source-health/reconcile';
import type { SourceWatch } from '../source-health/source-watch';

/** One set of readings serves all gauges of a scrape. */
const FRESH_FOR_MS = 1_000;

/** Dates of which what was sent is held against what arrived. */
const RECONCILED_DAYS = 31;

/** What the gauges read. */
export interface GaugeSources {
  store: Store;
  log: EventLog;
  clock: Clock;
  /** The machine's clock. */
  wall: Clock;
  counts: OpenCaseCounts;
  rules: RuleBookKeeper;
  sources: SourceWatch;
  progress: ProgressMarks;
  labels: () => LabelLists;
}

/**
 * Gauges of the present state, read from the store when Prometheus asks, so that they cannot drift from the rows.
 * With several monitors each reads the whole store: take `max`, not `sum`.
 */
export class StateGauges {
  private readAt = -Infinity;
  private reading: Promise<void> = Promise.resolve();
  private readonly cases: Gauge<'department' | 'item_class' | 'light'>;
  private readonly clocks: Gauge<'clock' | 'light'>;
  private readonly overdueAge: Histogram<'clock'>;
  private readonly silent: Gauge<'source'>;
  private readonly sourceState: Gauge<'source' | 'state'>;
  private readonly clockOffset: Gauge<'source'>;
  private readonly missing: Gauge<'source'>;
  private readonly daysLeft: Gauge<'calendar'>;
  private readonly lag: Gauge<'partition'>;
  private readonly lastProgress: Gauge<'stage'>;
  private readonly rulesLoaded: Gauge;

  constructor(
    registry: Registry,
    private readonly from: GaugeSources,
  ) {
    const registers = [registry];
    // Every metric waits for the one reading: whichever is collected first starts it.
    const collect = (): Promise<void> => this.read();
    const gauge = <L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> =>
      new Gauge({ name, help, labelNames, registers, collect });
    this.cases = gauge('mingjian_cases', 'Open cases by their worst light now', [
      'department',
      'item_class',
      'light',
    ]);
    this.clocks = gauge('mingjian_clocks', 'Running clocks of open cases by kind and light', [
      'clock',
      'light',
    ]);
    this.overdueAge = new Histogram({
      name: 'mingjian_overdue_age_working_seconds',
      help: 'Working time since the due instant of open red cases, by the clock that decides; rebuilt at each scrape',
      labelNames: ['clock'],
      buckets: [3_600, 14_400, 28_800, 86_400, 144_000, 288_000, 576_000, 1_440_000],
      registers,
      collect,
    });
    this.silent = gauge('mingjian_source_silent_seconds', 'Time since the last sign of life of a source', [
      'source',
    ]);
    this.sourceState = gauge('mingjian_source_state', 'State of a source, 1 for the one that holds', [
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
    this.daysLeft = gauge('mingjian_calendar_days_left', 'Days until the published horizon of a calendar', [
      'calendar',
    ]);
    this.lag = gauge('mingjian_log_lag', 'Records of step events that wait in a partition', ['partition']);
    this.lastProgress = gauge(
      'mingjian_last_progress_timestamp_seconds',
      'When a stage last did its work, on the clock of the machine',
      ['stage'],
    );
    this.rulesLoaded = gauge(
      'mingjian_rules_load_successful',
      'Whether the rules as they are on disk are in force',
      [],
    );
  }

  private read(): Promise<void> {
    const now = this.from.wall.now();
    if (now - this.readAt >= FRESH_FOR_MS || now < this.readAt) {
      this.readAt = now;
      this.reading = this.readAll();
    }
    return this.reading;
  }

  private async readAll(): Promise<void> {
    await this.readCases();
    await this.readOverdueAges();
    await this.readSources();
    const now = this.from.clock.now();
    this.daysLeft.reset();
    for (const calendar of this.from.rules.current.calendars.values()) {
      const days = calendar.publishedDaysLeft(now);
      if (days !== null) this.daysLeft.set({ calendar: calendar.id }, days);
    }
    for (const [partition, records] of await this.from.log.lag(MONITOR_GROUP, TOPICS.stepEvents))
      this.lag.set({ partition: String(partition) }, records);
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

  private async readSources(): Promise<void> {
    const readings = await this.from.sources.read();
    const { calendar } = this.from.rules.current.book.newest;
    const since = dateTextOf(calendar.dayOf(this.from.clock.now()) - RECONCILED_DAYS);
    const missing = await missingBySource(this.from.store, since);
    for (const gauge of [this.silent, this.sourceState, this.clockOffset, this.missing]) gauge.reset();
    for (const { source, silentMs, isAlive, clockOffsetMs } of readings) {
      this.silent.set({ source }, silentMs / 1000);
      this.sourceState.set({ source, state: 'alive' }, isAlive ? 1 : 0);
      this.sourceState.set({ source, state: 'silent' }, isAlive ? 0 : 1);
      if (clockOffsetMs !== null) this.clockOffset.set({ source }, clockOffsetMs / 1000);
      this.missing.set({ source }, missing.get(source) ?? 0);
    }
  }
}
