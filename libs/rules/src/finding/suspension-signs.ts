import type { WorkingCalendar } from '../calendar';
// Straight from the files: a getter of an index in between is a tenth of the time of judging.
import { mergePauses } from '../calendar/pauses';
import type { Suspension } from '../clock/case-facts';
import type { ClockSpec } from '../clock/clock-spec';
import type { CaseClocks } from '../clock/clocks-of-case';
import { withinCase } from '../clock/ending';
import { dueWith, type HeldStretch } from '../light/due-with';
import type { SuspensionSigns } from '../ruleset/compile-rules';
import type { ClockTrack, Finding } from '../verdict';

/**
 * SUS-9: signs that the clock was stopped for the sake of the clock. Each may have a good reason; all are notices, and
 * change no clock and no light. Called for cases with suspensions only.
 * @see local rules: `switches.suspensionLateShare`, `suspensionMostShare`, `suspensionPieces`
 */
export function findSuspensionSigns(
  suspensions: readonly Suspension[],
  { lateShare, mostShare, pieces }: SuspensionSigns,
  clocks: CaseClocks,
  tracks: readonly ClockTrack[],
  findings: Finding[],
): void {
  const { calendar } = clocks.office;
  if (lateShare !== null) findLate(suspensions, lateShare, clocks, tracks, findings);
  if (mostShare !== null && clocks.endedAt !== null)
    findMost(suspensions, mostShare, clocks, calendar, findings);
  if (pieces !== null && suspensions.length >= pieces)
    findPieces(suspensions, pieces, clocks, calendar, findings);
}

/**
 * A suspension that took hold when little of the promise was left, measured by the due instant as it stood then. One
 * that begins while another holds the clock, or after the limit ran out, takes no hold.
 */
function findLate(
  suspensions: readonly Suspension[],
  lateShare: number,
  { specs, office }: CaseClocks,
  tracks: readonly ClockTrack[],
  findings: Finding[],
): void {
  let index = 0;
  while (index < specs.length && specs[index]!.kind !== 'promise') index++;
  if (index === specs.length) return;
  const spec = specs[index]!;
  const track = tracks[index]!;
  const calendar = spec.calendar ?? office.calendar;
  for (let order = 0; order < track.suspensions.length; order++) {
    const { from } = track.suspensions[order]!;
    const due = dueBefore(spec, track, order, calendar);
    const leftMs = calendar.elapsedMs(from, due);
    // Nearly always more is left than that share even of all the time that passes.
    if (leftMs > lateShare * (due - spec.startedAt)) continue;
    const allMs = runningMs(spec, due, track.suspensions, order, calendar);
    const suspension = suspensions.find((one) => one.from === from && (one.to === null || one.to > from));
    // None: cut at the start of the clock, it began before anything was promised.
    if (allMs <= 0 || leftMs > lateShare * allMs || suspension === undefined) continue;
    findings.push({
      code: 'SUS-9',
      severity: 'notice',
      ref: `suspended-just-before-due:${suspension.eventId}`,
      at: Math.max(from, spec.visibleFrom),
      detail: {
        kind: 'suspended-just-before-due',
        event: suspension.eventId,
        dueAt: due,
        leftMs,
        allMs,
        leftPercent: percent(leftMs / allMs),
      },
    });
  }
}

/** The due instant as it stood when a suspension took hold. */
function dueBefore(spec: ClockSpec, track: ClockTrack, order: number, calendar: WorkingCalendar): number {
  const { spans, suspensions, extensions } = track;
  const { from } = suspensions[order]!;
  // What is reported before the acceptance is known has no span of its own, nor has an extension at that very instant.
  if (extensions.length === 0 && spec.visibleFrom <= from)
    for (let index = spans.length - 1; index > 0; index--)
      if (spans[index]!.from === from) return spans[index - 1]!.dueAt!;
  const held = suspensions.slice(0, order) as HeldStretch[];
  return dueWith(
    spec,
    calendar,
    held,
    extensions.filter(({ at }) => at <= from),
  ).dueAt!;
}

/** Working time from the start of a clock to its due instant, without what held it before. */
function runningMs(
  { startedAt }: ClockSpec,
  due: number,
  held: ClockTrack['suspensions'],
  order: number,
  calendar: WorkingCalendar,
): number {
  let ms = calendar.elapsedMs(startedAt, due);
  for (let index = 0; index < order; index++) ms -= calendar.elapsedMs(held[index]!.from, held[index]!.to!);
  return ms;
}

/** More of the life of a case suspended than not, as reported: also what came too late to move a clock. */
function findMost(
  suspensions: readonly Suspension[],
  mostShare: number,
  { acceptedAt, acceptedKnownAt, endedAt }: CaseClocks,
  calendar: WorkingCalendar,
  findings: Finding[],
): void {
  if (acceptedAt === null || acceptedKnownAt === null) return;
  const { suspendedMs, lifeMs } = suspendedLife(suspensions, acceptedAt, endedAt!, calendar);
  if (suspendedMs <= mostShare * lifeMs) return;
  findings.push({
    code: 'SUS-9',
    severity: 'notice',
    ref: 'mostly-suspended',
    at: Math.max(endedAt!, acceptedKnownAt),
    detail: {
      kind: 'mostly-suspended',
      suspendedMs,
      lifeMs,
      suspendedPercent: percent(suspendedMs / lifeMs),
    },
  });
}

/** Working time of a case from its acceptance to its end (epoch ms), and how much of it was suspended; each ms once. */
export function suspendedLife(
  suspensions: readonly Suspension[],
  acceptedAt: number,
  endedAt: number,
  calendar: WorkingCalendar,
): { suspendedMs: number; lifeMs: number } {
  let suspendedMs = 0;
  for (const { from, to } of mergePauses(suspensions))
    suspendedMs += calendar.elapsedMs(Math.max(from, acceptedAt), Math.min(to ?? endedAt, endedAt));
  return { suspendedMs, lifeMs: calendar.elapsedMs(acceptedAt, endedAt) };
}

/**
 * Suspended again and again for a day at most, counted as suspensions are counted: the working days after the day of
 * suspension up to and including the day of resumption. Found when the last that is needed has ended.
 */
function findPieces(
  suspensions: readonly Suspension[],
  pieces: number,
  { endedAt }: CaseClocks,
  calendar: WorkingCalendar,
  findings: Finding[],
): void {
  const short = withinCase(suspensions, endedAt)
    .filter(({ from, to }) => to !== null && to > from)
    .filter(({ from, to }) => calendar.workingDaysBetween(calendar.dayOf(from), calendar.dayOf(to!)) <= 1)
    .sort((a, b) => a.to! - b.to!);
  const last = short[pieces - 1];
  if (last === undefined) return;
  findings.push({
    code: 'SUS-9',
    severity: 'notice',
    ref: 'suspended-in-pieces',
    at: last.to,
    detail: { kind: 'suspended-in-pieces', event: last.eventId ?? null, times: pieces },
  });
}

/** To one decimal; a number, since a text of it costs more than to find it. */
function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}
