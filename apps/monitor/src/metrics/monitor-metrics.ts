import { Counter, Histogram, type Registry } from 'prom-client';
import { CLOCK_KINDS, LIGHT_KINDS } from '@mingjian/contracts';
import type { LogRecord } from '@mingjian/log';
import type { ForensicFinding } from '@mingjian/rules';
import { eventsTotal } from '@mingjian/runtime';
import type { Judgement } from '../judge/case-judge';
import type { LightOfAct } from '../orders/order-desk';
import { OTHER, type LabelLists } from './label-lists';

/** The reasons of changes that clocks bring. */
const REASONS = ['time', 'event', 'late_data', 'calendar', 'rule'] as const;
/** What happens to everybody each day is not waited for; what is bad is seen from its first time on. */
const LIGHTS_FROM_THE_START = ['red', 'yellow'] as const;
/** 好差评: 1 非常不满意 to 5 非常满意. */
const GRADES = ['1', '2', '3', '4', '5'] as const;
/** Sources are registered elsewhere; beyond this many the rest shares one label. */
const MOST_SOURCES = 500;

/** Counters and histograms of what the monitor does, fed after each commit. Names and labels: metrics contract. */
export class MonitorMetrics {
  private readonly lightChanges: Counter<'department' | 'clock' | 'to' | 'reason'>;
  private readonly findings: Counter<'department' | 'code'>;
  private readonly ratings: Counter<'department' | 'grade'>;
  private readonly warningLag: Histogram<'stage'>;
  private readonly pipeline: Histogram;
  private readonly failures: Counter;
  private readonly events: Counter<'source' | 'feed' | 'result'>;
  private readonly sources = new Set<string>();
  /**
   * Whether warning lags are observed. Switched off while history is played in on a clock that is moved by hand: how
   * late a light of the past is lit then says nothing about the daemon.
   */
  observesLag = true;

  constructor(
    registry: Registry,
    private readonly labels: () => LabelLists,
  ) {
    const registers = [registry];
    this.events = eventsTotal(registry);
    this.lightChanges = new Counter({
      name: 'mingjian_light_changes_total',
      help: 'Light changes by department, clock, new light and reason',
      labelNames: ['department', 'clock', 'to', 'reason'],
      registers,
    });
    this.findings = new Counter({
      name: 'mingjian_findings_total',
      help: 'Procedure and data-quality findings by department and code',
      labelNames: ['department', 'code'],
      registers,
    });
    this.ratings = new Counter({
      name: 'mingjian_ratings_total',
      help: 'Ratings of cases by department and grade, 1 (worst) to 5',
      labelNames: ['department', 'grade'],
      registers,
    });
    this.warningLag = new Histogram({
      name: 'mingjian_warning_lag_seconds',
      help: 'From the legal instant to the light committed (stage lit) or the warning handed over (stage sent)',
      labelNames: ['stage'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 3600, 86_400],
      registers,
    });
    this.pipeline = new Histogram({
      name: 'mingjian_pipeline_seconds',
      help: 'From event appended to the log to its case judged and committed',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600],
      registers,
    });
    this.failures = new Counter({
      name: 'mingjian_judge_failures_total',
      help: 'Judgements that threw; the case is grey until it can be judged',
      registers,
    });
    this.warningLag.zero({ stage: 'lit' });
    this.warningLag.zero({ stage: 'sent' });
  }

  /**
   * Makes the series of the closed lists exist at 0; again after other rules came into force. Changes to green and grey
   * appear when they first happen: with sixty departments they would be eleven thousand series that nobody waits for.
   */
  presetSeries(): void {
    for (const department of this.labels().departments) {
      for (const grade of GRADES) this.ratings.inc({ department, grade }, 0);
      for (const clock of CLOCK_KINDS)
        for (const to of LIGHTS_FROM_THE_START)
          for (const reason of REASONS) this.lightChanges.inc({ department, clock, to, reason }, 0);
    }
    this.presetActs();
  }

  /** Lights that people give are cards; what they take away may be a light of any clock that waited or was appealed against. */
  private presetActs(): void {
    for (const department of this.labels().departments)
      for (const clock of LIGHT_KINDS)
        for (const to of ['yellow', 'red'] as const)
          for (const reason of ['manual', 'appeal'] as const)
            this.lightChanges.inc({ department, clock, to, reason }, 0);
  }

  /** Counts lights that people gave, and those that they took away, by the colour of the light. */
  countActs(lights: readonly LightOfAct[]): void {
    const labels = this.labels();
    for (const { department, clockKind, toLight, reason } of lights)
      this.lightChanges.inc({
        department: labels.department(department),
        clock: clockKind,
        to: toLight,
        reason,
      });
  }

  /** Observes how long after its light a warning was handed over. */
  observeSent(lagMs: number): void {
    if (this.observesLag) this.warningLag.observe({ stage: 'sent' }, lagMs / 1000);
  }

  /** Counts what a committed judgement changed. */
  count(judgement: Judgement): void {
    const labels = this.labels();
    for (const change of judgement.changes)
      this.lightChanges.inc({
        department: labels.department(change.department),
        clock: change.clockKind,
        to: change.toLight,
        reason: change.reason,
      });
    for (const finding of judgement.findings)
      this.findings.inc({ department: labels.department(finding.department), code: finding.code });
    for (const { department, grade } of judgement.ratings)
      this.ratings.inc({ department: labels.department(department), grade: String(grade) });
    for (const lagMs of this.observesLag ? judgement.lagsMs : [])
      this.warningLag.observe({ stage: 'lit' }, Math.max(0, lagMs) / 1000);
    for (const [source, count] of judgement.duplicates)
      this.events.inc({ source: this.sourceLabel(source), feed: 'log', result: 'duplicate' }, count);
    if (judgement.failures.length > 0) this.failures.inc(judgement.failures.length);
  }

  /** Counts signs of made-up times that are new. */
  countForensic(findings: readonly Pick<ForensicFinding, 'department' | 'code'>[]): void {
    const labels = this.labels();
    for (const { department, code } of findings)
      this.findings.inc({ department: labels.department(department), code });
  }

  /** Observes how long the records of a committed batch took. @returns the longest, milliseconds. */
  observeRecords(records: readonly LogRecord[], committedAt: number): number {
    let longest = 0;
    for (const record of records) {
      const tookMs = Math.max(0, committedAt - record.appendedAt);
      longest = Math.max(longest, tookMs);
      this.pipeline.observe(tookMs / 1000);
    }
    return longest;
  }

  private sourceLabel(source: string): string {
    if (this.sources.has(source)) return source;
    if (this.sources.size >= MOST_SOURCES) return OTHER;
    this.sources.add(source);
    return source;
  }
}
