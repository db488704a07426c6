import type { Light } from '@mingjian/contracts';
import type { CaseTracks, CaseVerdict, ClockTrack, ClockVerdict, Finding, TrackedChange } from '../verdict';
import { KIND_ORDER, WEIGHT, worse } from './severity';

/**
 * A case at an instant. The light is the worst of its clocks; step clocks have lights of their own. A case about which
 * too little is known to start a clock is grey.
 */
export function verdictAt(tracks: CaseTracks, at: number): CaseVerdict {
  const clocks: ClockVerdict[] = [];
  let governing: ClockVerdict | null = null;
  let stepLight: Light = 'green';
  let provisional = false;
  for (const track of tracks.clocks) {
    const verdict = clockAt(track, at);
    if (verdict === null) continue;
    clocks.push(verdict);
    if (track.kind === 'step') stepLight = worse(stepLight, verdict.light);
    if (!track.countsForCase) continue;
    if (governing === null || compareGoverning(verdict, governing) < 0) governing = verdict;
    if (verdict.provisional && verdict.phase !== 'finished') provisional = true;
  }
  const isUnknown =
    tracks.unknownBecause !== null && (governing === null || WEIGHT[governing.light] <= WEIGHT.grey);
  return {
    caseNo: tracks.caseNo,
    open: tracks.closedAt === null || tracks.closedAt > at,
    light: isUnknown ? 'grey' : (governing?.light ?? 'green'),
    clock: isUnknown ? null : (governing?.clock ?? null),
    dueAt: isUnknown ? null : (governing?.dueAt ?? null),
    since: isUnknown ? null : (governing?.since ?? null),
    acceptedAt: tracks.acceptedKnownAt !== null && tracks.acceptedKnownAt <= at ? tracks.acceptedAt : null,
    outcome: tracks.endedAt !== null && tracks.endedAt <= at ? tracks.outcome : null,
    findings: findingsUntil(tracks.findings, at),
    stepLight,
    provisional,
    clocks,
    nextChangeAt: nextChangeAt(tracks, at),
  };
}

/** Which of two clocks speaks for the case: the worse light, then one still running, then the earlier due instant. */
function compareGoverning(a: ClockVerdict, b: ClockVerdict): number {
  if (a.light !== b.light) return WEIGHT[b.light] - WEIGHT[a.light];
  const finished = Number(a.phase === 'finished') - Number(b.phase === 'finished');
  if (finished !== 0) return finished;
  const due = (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity);
  if (due !== 0 && !Number.isNaN(due)) return due;
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
}

/** One clock at an instant; null before it is known to run. */
export function clockAt(track: ClockTrack, at: number): ClockVerdict | null {
  const { spans } = track;
  let index = spans.length - 1;
  while (index >= 0 && spans[index]!.from > at) index--;
  if (index < 0) return null;
  const span = spans[index]!;
  let first = index;
  while (first > 0 && spans[first - 1]!.light === span.light) first--;
  return {
    clock: track.clock,
    kind: track.kind,
    department: track.department,
    issue: track.issue,
    light: span.light,
    phase: span.phase,
    limit: track.limit,
    startedAt: track.startedAt,
    dueAt: span.dueAt,
    since: spans[first]!.from,
    finishedAt: track.finishedAt !== null && track.finishedAt <= at ? track.finishedAt : null,
    provisional: track.provisional,
  };
}

/** The findings that are true by `at`: one that silence will make, when a limit runs out, is none yet. */
function findingsUntil(findings: readonly Finding[], at: number): readonly Finding[] {
  // Nearly always all of them, and then no list is made.
  const isTrue = (finding: Finding): boolean => finding.at === null || finding.at <= at;
  return findings.every(isTrue) ? findings : findings.filter(isTrue);
}

/** The first instant after `at` at which something about the case changes with no new event. */
export function nextChangeAt(tracks: CaseTracks, at: number): number | null {
  let next = Infinity;
  for (const instant of [tracks.closedAt, tracks.endedAt, tracks.acceptedKnownAt])
    if (instant !== null && instant > at && instant < next) next = instant;
  for (const finding of tracks.findings)
    if (finding.at !== null && finding.at > at && finding.at < next) next = finding.at;
  for (const { spans } of tracks.clocks) {
    for (let index = spans.length - 1; index >= 0 && spans[index]!.from > at; index--)
      if (spans[index]!.from < next) next = spans[index]!.from;
  }
  return next === Infinity ? null : next;
}

/**
 * All changes of light of a case up to and including `at`, in order of the instant, each stamped with the instant it
 * became true. A clock that starts green has not changed.
 */
export function lightChangesUntil(tracks: CaseTracks, at: number): TrackedChange[] {
  const changes: TrackedChange[] = [];
  for (const { clock, kind, department, post, issue, spans } of tracks.clocks) {
    let light: Light | null = null;
    for (const span of spans) {
      if (span.from > at) break;
      if (span.light !== light && !(light === null && span.light === 'green'))
        changes.push({
          clock,
          kind,
          department,
          post,
          issue,
          from: light,
          to: span.light,
          becameAt: span.from,
          dueAt: span.dueAt,
          cause: span.cause,
        });
      light = span.light;
    }
  }
  return changes.sort(
    (a, b) => a.becameAt - b.becameAt || (a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : 0),
  );
}
