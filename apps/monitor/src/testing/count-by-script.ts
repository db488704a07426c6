import type { StepEvent } from '@mingjian/contracts';

/** What a script finds in the step events of a month, by department: a second count that shares no code with the first. */
export interface ScriptCount {
  accepted: number;
  decided: number;
  withoutResult: number;
  usedDays: number;
  sameDay: number;
  ratings: number;
  badRatings: number;
}

/** Spring 2026 in China: 清明节 and 劳动节; the only days of that half year that differ from the week. */
const OFF = new Set(['2026-04-06', '2026-05-01', '2026-05-04', '2026-05-05']);
const WORK = new Set(['2026-05-09']);
const WITHOUT = new Set(['case.withdrawn', 'case.returned', 'case.voided', 'case.not-accepted']);

/**
 * Counts the cases of a month from their events alone, by local dates as text. Fit for a city where no case is deemed
 * accepted, decided twice or suspended twice at once.
 */
export function countByScript(events: readonly StepEvent[], month: string): Map<string, ScriptCount> {
  const byCase = new Map<string, StepEvent[]>();
  const seen = new Set<string>();
  for (const event of events) {
    const identity = `${event.source} ${event.id}`;
    if (!seen.has(identity)) byCase.set(event.subject, [...(byCase.get(event.subject) ?? []), event]);
    seen.add(identity);
  }
  const counts = new Map<string, ScriptCount>();
  for (const list of byCase.values()) {
    list.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    const department = list.find(({ type, data }) => data.department && !type.startsWith('step.'))?.data
      .department;
    if (department === undefined) continue;
    const count = counts.get(department) ?? {
      ...{ accepted: 0, decided: 0, withoutResult: 0, usedDays: 0, sameDay: 0, ratings: 0, badRatings: 0 },
    };
    counts.set(department, count);
    const accepted = list.find(({ type }) => type === 'case.accepted');
    const end = list.find(
      ({ type }) => type === 'case.decided' || type === 'case.forwarded' || WITHOUT.has(type),
    );
    if (accepted && dateOf(accepted).startsWith(month)) count.accepted++;
    if (end === undefined || !dateOf(end).startsWith(month)) continue;
    const ratings = list.filter(({ type }) => type === 'case.rated');
    count.ratings += ratings.length;
    count.badRatings += ratings.filter(({ data }) => data.grade! <= 2).length;
    if (WITHOUT.has(end.type)) {
      count.withoutResult++;
      continue;
    }
    count.decided++;
    if (accepted === undefined) continue;
    let days = workingDays(dateOf(accepted), dateOf(end));
    const holds = list.filter(({ type }) => type === 'case.suspended');
    for (const hold of holds) {
      const resumed = list.find((one) => one.type === 'case.resumed' && one.time > hold.time);
      days -= workingDays(dateOf(hold), dateOf(resumed && resumed.time < end.time ? resumed : end));
    }
    count.usedDays += days;
    if (dateOf(accepted) === dateOf(end)) count.sameDay++;
  }
  return counts;
}

/** The local date: the simulator writes times with the offset of the city. */
function dateOf({ time }: StepEvent): string {
  return new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10);
}

function workingDays(after: string, upTo: string): number {
  let days = 0;
  for (let at = Date.parse(after) + 86_400_000; at <= Date.parse(upTo); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    if (WORK.has(date) || (!isWeekend && !OFF.has(date))) days++;
  }
  return days;
}
