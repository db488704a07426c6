import type { WorkingCalendar } from '../calendar';
import type { JudgedCase } from '../judge-case';
import { clockAt } from '../light/verdict-at';
import type { ClockTrack } from '../verdict';

/** A stretch of the critical path: a run of a step, or time in which no step was under way. */
export interface PathPiece {
  /** Null: waiting between steps. */
  step: string | null;
  run: number;
  /** Name of the step for people; null where the ruleset has none, and for waiting. */
  name: string | null;
  /** Who had the case: the step's department, or the one that answers for the case. */
  department: string | null;
  /** Its name in the ruleset that judges the case; null where it has none. */
  departmentName: string | null;
  from: number;
  to: number;
  /** Working time that ran, without suspensions. */
  usedMs: number;
  /** Working time up to the due instant of the step; null for waiting and for steps without a limit. */
  allowedMs: number | null;
  /** Used beyond the allowed; 0 where there is no limit. */
  overMs: number;
}

/** 责任归属: where the time of a case went, and which departments were late on the way that decided its end. */
export interface DelayAttribution {
  from: number;
  to: number;
  /** In order of time, without gaps. */
  path: PathPiece[];
  usedMs: number;
  /** Working time that the promise, or else the statutory limit, allowed; null where neither has a due instant. */
  allowedMs: number | null;
  /** What the limit leaves beside the limits of the steps on the path; null where a limit is not known. */
  reserveMs: number | null;
  waitingMs: number;
  /** Departments that were over their step limits on the path, the most first. Others are not named. */
  late: { department: string | null; departmentName: string | null; overMs: number }[];
}

/**
 * The critical path of a case and who used up its reserve. In joint handling (并联审批) steps run side by side: only
 * the one that others waited for costs the case time.
 *
 * From the end backwards: the step under way that ended last before; then, from its start, again. What no step covers
 * is waiting, and belongs to the department that answers for the case. Measured up to `at` where the case is still open.
 * @returns null where there is nothing to attribute: no acceptance, or no run of a step with a start.
 */
export function attributeDelay(judged: JudgedCase, at: number): DelayAttribution | null {
  const { tracks, facts, clocks, item } = judged;
  if (clocks === null || item === null || clocks.acceptedAt === null || clocks.acceptedAt > at) return null;
  const from = clocks.acceptedAt;
  const to = Math.min(clocks.endedAt ?? at, at);
  const decision =
    tracks.clocks.find(({ kind }) => kind === 'promise') ??
    tracks.clocks.find(({ kind }) => kind === 'statutory');
  const measure = measureOf(judged, decision);
  const nameOf = (department: string | null): string | null =>
    department === null ? null : (judged.rules.ruleset.document.departments[department]?.name ?? null);
  const runs = facts.steps.filter(
    (run): run is typeof run & { startedAt: number } => run.startedAt !== null && run.startedAt < to,
  );
  if (runs.length === 0 || to <= from) return null;

  const path: PathPiece[] = [];
  const waiting = (start: number, stop: number): PathPiece => ({
    step: null,
    run: 0,
    name: null,
    department: tracks.department,
    departmentName: nameOf(tracks.department),
    from: start,
    to: stop,
    usedMs: measure(start, stop),
    allowedMs: null,
    overMs: 0,
  });
  for (let cursor = to; cursor > from;) {
    let last: (typeof runs)[number] | null = null;
    let lastEnd = -Infinity;
    for (const run of runs) {
      const end = Math.min(run.finishedAt ?? to, cursor);
      if (run.startedAt >= cursor || end <= from || end < run.startedAt) continue;
      if (end > lastEnd || (end === lastEnd && run.startedAt < last!.startedAt)) [last, lastEnd] = [run, end];
    }
    if (last === null) {
      path.unshift(waiting(from, cursor));
      break;
    }
    if (lastEnd < cursor) path.unshift(waiting(lastEnd, cursor));
    const start = Math.max(last.startedAt, from);
    const step = item.steps?.get(last.step);
    const track = tracks.clocks.find(
      ({ kind, step: code, startedAt }) =>
        kind === 'step' && code === last.step && startedAt === last.startedAt,
    );
    const due = track === undefined ? null : (clockAt(track, lastEnd)?.dueAt ?? null);
    const usedMs = measure(start, lastEnd);
    const allowedMs = due === null ? null : measure(last.startedAt, Math.max(due, last.startedAt));
    const department = step?.department ?? last.department ?? tracks.department;
    path.unshift({
      step: last.step,
      run: last.run,
      name: step?.name ?? null,
      department,
      departmentName: nameOf(department),
      from: start,
      to: lastEnd,
      usedMs,
      allowedMs,
      overMs: due === null ? 0 : measure(Math.max(due, start), lastEnd),
    });
    cursor = start;
  }
  return summary(from, to, path, allowedOf(decision, from, to, measure));
}

function summary(from: number, to: number, path: PathPiece[], allowedMs: number | null): DelayAttribution {
  let usedMs = 0;
  let waitingMs = 0;
  let stepsMs: number | null = 0;
  const over = new Map<string | null, DelayAttribution['late'][number]>();
  for (const piece of path) {
    usedMs += piece.usedMs;
    if (piece.step === null) waitingMs += piece.usedMs;
    else if (piece.allowedMs === null || stepsMs === null) stepsMs = null;
    else stepsMs += piece.allowedMs;
    if (piece.overMs > 0) {
      const { department, departmentName } = piece;
      const overMs = (over.get(department)?.overMs ?? 0) + piece.overMs;
      over.set(department, { department, departmentName, overMs });
    }
  }
  return {
    from,
    to,
    path,
    usedMs,
    allowedMs,
    reserveMs: allowedMs === null || stepsMs === null ? null : allowedMs - stepsMs,
    waitingMs,
    late: [...over.values()].sort((a, b) => b.overMs - a.overMs),
  };
}

type Measure = (from: number, to: number) => number;

/** Working time of the case's calendar, without the suspensions that held its decision clock. */
function measureOf({ rules }: JudgedCase, decision: ClockTrack | undefined): Measure {
  const calendar: WorkingCalendar = rules.calendar;
  const held = decision?.suspensions ?? [];
  return (from, to) =>
    held.reduce(
      (sum, { from: start, to: end }) =>
        sum - calendar.elapsedMs(Math.max(from, start), Math.min(to, end ?? to)),
      calendar.elapsedMs(from, to),
    );
}

function allowedOf(
  decision: ClockTrack | undefined,
  from: number,
  at: number,
  measure: Measure,
): number | null {
  if (decision === undefined) return null;
  const due = clockAt(decision, at)?.dueAt ?? null;
  return due === null ? null : measure(from, due);
}
