import type { Light } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
// Straight from the files: a getter of an index in between is a tenth of the time of judging.
import { mergePauses } from '../calendar/pauses';
import type { ClockSpec } from '../clock/clock-spec';
import type { ClockTrack, Finding, LightSpan } from '../verdict';
import type { HeldStretch } from './due-with';
import { dueWith } from './due-with';
import { redFrom, yellowFrom } from './thresholds';

/** Shared by the many clocks that nothing moved. */
const NONE: readonly never[] = [];

/**
 * The whole life of a clock as spans of light, past and to come, as far as the timeline tells.
 *
 * Guarantees: the light at an instant rests only on what had happened by then; yellow is on from its threshold,
 * red from the millisecond after the last instant in time. A suspension or extension that begins after the limit ran
 * out changes nothing. While a suspension is open the clock has no due instant and cannot expire.
 */
export function trackClock(spec: ClockSpec, calendar: WorkingCalendar, findings: Finding[]): ClockTrack {
  const track = emptyTrack(spec);
  if (track.unknownBecause === null && spec.finishedAt !== null && spec.finishedAt < spec.startedAt) {
    track.unknownBecause = 'contradiction';
    findings.push({
      code: 'DQ-3',
      severity: 'serious',
      ref: `finished-before-start:${spec.clock}`,
      at: Math.max(spec.finishedAt, spec.visibleFrom),
      detail: { kind: 'finished-before-start', clock: spec.clock },
    });
  }
  if (track.unknownBecause !== null) trackUnknown(spec, track);
  else new Tracker(spec, calendar, track, findings).run();
  return track;
}

/**
 * When a clock runs out with nobody having answered: the first instant that is not in time any more, not before the clock
 * is known to run, and not while it is held. Null where it was answered in time, is held, or nobody knows its limit.
 */
export function runsOutAt(spec: ClockSpec, calendar: WorkingCalendar): number | null {
  const { finishedAt, startedAt, unknownBecause } = spec;
  if (unknownBecause !== null || (finishedAt !== null && finishedAt < startedAt)) return null;
  const tracker = new Tracker(spec, calendar, emptyTrack(spec), []);
  tracker.run();
  return tracker.ranOutAt;
}

function emptyTrack(spec: ClockSpec): ClockTrack {
  return {
    clock: spec.clock,
    kind: spec.kind,
    step: spec.step,
    post: spec.post,
    department: spec.department,
    issue: spec.issue,
    startedAt: spec.startedAt,
    finishedAt: spec.finishedAt,
    limit: spec.limit?.text ?? (spec.carriedDueAt === null ? null : 'carried'),
    provisional: false,
    countsForCase: spec.countsForCase,
    unknownBecause: spec.unknownBecause,
    spans: [],
    suspensions: NONE,
    extensions: NONE,
  };
}

function trackUnknown(spec: ClockSpec, track: ClockTrack): void {
  const finishedAt = spec.finishedAt;
  const span = { light: 'grey', dueAt: null, cause: 'event' } as const;
  const isOver = finishedAt !== null && finishedAt >= spec.startedAt;
  if (!isOver || finishedAt > spec.visibleFrom)
    track.spans.push({ from: spec.visibleFrom, phase: 'unknown', ...span });
  if (isOver) track.spans.push({ from: Math.max(finishedAt, spec.visibleFrom), phase: 'finished', ...span });
}

/** Walks through what happens to one clock, in order: suspensions, resumptions, extensions, the end. */
class Tracker {
  private readonly pauses: HeldStretch[] = [];
  private due = 0;
  private yellowAt = 0;
  private redAt = 0;
  /** Start of the stretch under way. */
  private from: number;
  private nextExtension = 0;
  /** See {@link runsOutAt}. */
  ranOutAt: number | null = null;

  constructor(
    private readonly spec: ClockSpec,
    private readonly calendar: WorkingCalendar,
    private readonly track: ClockTrack,
    private readonly findings: Finding[],
  ) {
    this.from = spec.startedAt;
  }

  run(): void {
    const { spec } = this;
    const end = spec.finishedAt ?? Infinity;
    this.reckon();
    for (const pause of spec.pauses.length === 0 ? spec.pauses : mergePauses(spec.pauses)) {
      if (pause.to !== null && pause.to <= spec.startedAt) continue;
      const pausedAt = Math.max(pause.from, spec.startedAt);
      if (pausedAt >= end) break;
      this.extendUntil(pausedAt, false);
      if (pausedAt > this.due) {
        this.lateSuspension(pausedAt);
        break;
      }
      if (pausedAt > this.from) this.runSegment(pausedAt);
      const resumedAt = pause.to ?? Infinity;
      this.addSpan(pausedAt, this.lightAt(pausedAt), 'suspended', null, 'event');
      this.track.suspensions = [
        ...this.track.suspensions,
        { from: pausedAt, to: resumedAt >= end ? spec.finishedAt : resumedAt },
      ];
      if (resumedAt >= end) {
        // Ended while suspended: in time, and the rest of the suspension no longer matters.
        if (end === Infinity) return;
        this.extendUntil(end, true);
        this.finishSuspended(end, pausedAt);
        return;
      }
      // An extension granted while the clock is held is in time: a held clock cannot expire.
      this.extendUntil(resumedAt, true);
      this.pauses.push({ from: pausedAt, to: resumedAt });
      this.reckon();
      this.from = resumedAt;
    }
    this.extendUntil(end, false);
    this.runSegment(end);
    if (this.due < end) {
      const at = Math.max(this.due + 1, this.from, spec.visibleFrom);
      if (at <= end) this.ranOutAt = at;
    }
    if (end !== Infinity)
      this.addSpan(end, end <= this.due ? 'green' : this.lightAt(end), 'finished', this.due, 'event');
  }

  /** Applies the extensions up to `until` that are in time; each begins a new stretch with a later due instant. */
  private extendUntil(until: number, isHeld: boolean): void {
    const { extensions } = this.spec;
    for (; this.nextExtension < extensions.length; this.nextExtension++) {
      const extension = extensions[this.nextExtension]!;
      if (extension.at > until) return;
      if (!isHeld && extension.at > this.due) {
        this.findings.push({
          code: 'EXT-1',
          severity: 'serious',
          ref: `extended-after-due:${this.spec.clock}:${extension.eventId}`,
          at: Math.max(extension.at, this.spec.visibleFrom),
          detail: { kind: 'extended-after-due', clock: this.spec.clock, days: extension.days },
        });
        continue;
      }
      if (!isHeld && extension.at > this.from) {
        this.runSegment(extension.at);
        this.from = extension.at;
      }
      this.track.extensions = [...this.track.extensions, extension];
      this.reckon();
    }
  }

  /** Only the clocks of the decision: that a step was over its limit is nothing against suspending the case. */
  private lateSuspension(at: number): void {
    if (this.spec.kind !== 'promise' && this.spec.kind !== 'statutory') return;
    this.findings.push({
      code: 'SUS-6',
      severity: 'serious',
      ref: `suspended-after-due:${this.spec.clock}`,
      at: Math.max(at, this.spec.visibleFrom),
      detail: { kind: 'suspended-after-due', clock: this.spec.clock },
    });
  }

  /** Due, yellow and red instants under the suspensions and extensions so far. */
  private reckon(): void {
    const { spec, calendar } = this;
    const { dueAt: due, provisional } = dueWith(spec, calendar, this.pauses, this.track.extensions);
    this.due = due!;
    this.track.provisional = provisional;
    this.yellowAt = yellowFrom(spec, calendar, this.due);
    this.redAt = spec.redAfter === null ? Infinity : redFrom(spec.redAfter, calendar, spec, this.due);
  }

  private lightAt(at: number): Light {
    return at >= this.redAt ? 'red' : at >= this.yellowAt || at > this.due ? 'yellow' : 'green';
  }

  /** A stretch in which only time passes. */
  private runSegment(until: number): void {
    const { due, from } = this;
    const phaseAt = (at: number): 'running' | 'overdue' => (at > due ? 'overdue' : 'running');
    this.addSpan(from, this.lightAt(from), phaseAt(from), due, 'event');
    for (const at of [this.yellowAt, due + 1, this.redAt])
      if (at > from && at < until && at !== Infinity)
        this.addSpan(at, this.lightAt(at), phaseAt(at), due, 'time');
  }

  private finishSuspended(at: number, pausedAt: number): void {
    this.pauses.push({ from: pausedAt, to: at });
    const { dueAt: due, provisional } = dueWith(this.spec, this.calendar, this.pauses, this.track.extensions);
    this.track.provisional = provisional;
    this.addSpan(at, 'green', 'finished', due, 'event');
  }

  /** Adds a span, cut at the instant from which the clock is visible, and none that says the same as the last. */
  private addSpan(
    at: number,
    light: Light,
    phase: LightSpan['phase'],
    dueAt: number | null,
    cause: 'time' | 'event',
  ): void {
    const { spans } = this.track;
    const { visibleFrom } = this.spec;
    // What happened before the clock was known shows when it becomes known, by the passing of time.
    const span: LightSpan =
      at < visibleFrom
        ? { from: visibleFrom, light, phase, dueAt, cause: 'time' }
        : { from: at, light, phase, dueAt, cause };
    let last = spans[spans.length - 1];
    if (last && last.from === span.from) {
      spans.pop();
      last = spans[spans.length - 1];
    }
    if (!last || last.light !== light || last.phase !== phase || last.dueAt !== dueAt) spans.push(span);
  }
}
