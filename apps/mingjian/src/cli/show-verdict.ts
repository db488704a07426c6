import type { CaseTracks, CaseVerdict, WorkingCalendar } from '@mingjian/rules';
import { formatInstant } from '@mingjian/rules';

/**
 * A verdict in the form that other software reads; instants are RFC 3339 in the calendar's zone. `state` says whether
 * anything can still happen to the case; `findings` are the codes with what they are about.
 */
export function verdictJson(
  verdict: CaseVerdict,
  tracks: CaseTracks,
  { zone }: WorkingCalendar,
): Record<string, unknown> {
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, zone);
  return {
    case: verdict.caseNo,
    light: verdict.light,
    clock: verdict.clock,
    dueAt: time(verdict.dueAt),
    since: time(verdict.since),
    state: verdict.open ? 'open' : 'closed',
    outcome: verdict.outcome,
    item: tracks.itemCode,
    department: tracks.department,
    stepLight: verdict.stepLight,
    provisional: verdict.provisional,
    unknownBecause: tracks.unknownBecause,
    nextChangeAt: time(verdict.nextChangeAt),
    ruleset: `${tracks.ruleset} ${tracks.rulesetVersion}`,
    clocks: verdict.clocks.map((clock) => ({
      clock: clock.clock,
      kind: clock.kind,
      light: clock.light,
      phase: clock.phase,
      limit: clock.limit,
      startedAt: time(clock.startedAt),
      dueAt: time(clock.dueAt),
      since: time(clock.since),
      finishedAt: time(clock.finishedAt),
      provisional: clock.provisional,
    })),
    findings: verdict.findings.map(({ code, severity, ref, at, detail }) => ({
      code,
      severity,
      ref,
      at: time(at),
      detail,
    })),
  };
}
