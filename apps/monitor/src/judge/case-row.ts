import { LIGHTS, type TimelineEvent } from '@mingjian/contracts';
import type { CaseTracks, CaseVerdict, ClockVerdict } from '@mingjian/rules';
import type { CaseFileRow } from '@mingjian/store';

/** Sorts after every due instant: a case that is not due at all is the least urgent of its light. */
export const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** How long a case that the rules could not judge waits for the next attempt. */
export const RETRY_AFTER_MS = 3_600_000;

/** What the case row says after a judgement at `judgedAt`. */
export function caseRowOf(
  tracks: CaseTracks,
  verdict: CaseVerdict,
  events: readonly TimelineEvent[],
  shard: number,
  judgedAt: number,
): CaseFileRow {
  return {
    caseNo: tracks.caseNo,
    shard,
    itemCode: tracks.itemCode,
    itemClass: tracks.itemClass,
    department: tracks.department,
    isOpen: verdict.open,
    light: verdict.light,
    stepLight: verdict.stepLight,
    clock: verdict.clock,
    dueAt: verdict.dueAt,
    since: verdict.since,
    nextChangeAt: verdict.nextChangeAt,
    provisional: verdict.provisional,
    unknownBecause: tracks.unknownBecause,
    rulesetVersion: tracks.rulesetVersion,
    calendarVersion: tracks.calendarVersion,
    outcome: verdict.outcome,
    acceptedAt: verdict.acceptedAt,
    findingCount: verdict.findings.length,
    lastEventAt: lastEventAt(events),
    clockLights: verdict.open ? clockLightsOf(verdict.clocks) : '',
    lightRank: LIGHTS.indexOf(verdict.light),
    urgentAt: verdict.dueAt ?? END_OF_TIME,
    judgedAt,
  };
}

/**
 * The row of a case whose judgement threw. Unknown is not green: the case turns grey and is tried again an hour later,
 * so that one bad case can neither block the others nor loop.
 */
export function failedCaseRow(
  caseNo: string,
  before: CaseFileRow | undefined,
  events: readonly TimelineEvent[],
  shard: number,
  judgedAt: number,
): CaseFileRow {
  return {
    itemCode: null,
    itemClass: null,
    department: null,
    stepLight: 'grey',
    provisional: false,
    rulesetVersion: '',
    calendarVersion: '',
    outcome: null,
    acceptedAt: null,
    findingCount: 0,
    ...before,
    caseNo,
    shard,
    isOpen: true,
    light: 'grey',
    clock: null,
    dueAt: null,
    since: judgedAt,
    nextChangeAt: judgedAt + RETRY_AFTER_MS,
    unknownBecause: 'judge-failed',
    lastEventAt: lastEventAt(events),
    clockLights: '',
    lightRank: LIGHTS.indexOf('grey'),
    urgentAt: END_OF_TIME,
    judgedAt,
  };
}

/** Whether two rows say the same; when the case was judged does not count. */
export function isSameCaseRow(a: CaseFileRow, b: CaseFileRow): boolean {
  const keys = Object.keys(a) as (keyof CaseFileRow)[];
  return keys.every((key) => key === 'judgedAt' || a[key] === b[key]);
}

/** Running clocks by kind and light: `promise=green*1;step=red*2`, sorted. */
function clockLightsOf(clocks: readonly ClockVerdict[]): string {
  const counts = new Map<string, number>();
  for (const clock of clocks) {
    if (clock.phase === 'finished') continue;
    const key = `${clock.kind}=${clock.light}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => `${key}*${count}`)
    .join(';');
}

function lastEventAt(events: readonly TimelineEvent[]): number {
  return events.reduce((last, event) => Math.max(last, event.occurredAt), 0);
}
