import type { TimelineEvent } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { elapsed } from '../calendar/elapsed';
import type { CaseFacts, Suspension } from '../clock/case-facts';
import { timelineOf } from '../clock/fold-timeline';
import type { Finding } from '../verdict';

/** The last post and officer that the record names up to the end of a case; each by itself, null where none is named. */
export function whoHandled(
  events: readonly TimelineEvent[],
  endedAt: number,
): { post: string | null; officer: string | null } {
  return { post: lastNamed(events, endedAt, 'post'), officer: lastNamed(events, endedAt, 'officer') };
}

/** Of two events at one instant the one with the greater id counts: the order of arrival plays no part. */
function lastNamed(
  events: readonly TimelineEvent[],
  endedAt: number,
  member: 'post' | 'officer',
): string | null {
  let last: TimelineEvent | null = null;
  for (const event of events) {
    if (event.data[member] === undefined || event.occurredAt > endedAt) continue;
    if (
      last === null ||
      event.occurredAt > last.occurredAt ||
      (event.occurredAt === last.occurredAt && event.id > last.id)
    )
      last = event;
  }
  return last?.data[member] ?? null;
}

/** What goes on only where the decision was not the end of the work. */
const REOPENS: ReadonlySet<string> = new Set(['case.decided', 'case.correction-requested', 'case.extended']);

/**
 * The last instant at which work went on after the decision (办结后又办理): decided again, a correction asked for, the limit extended, or
 * a step done again that had been finished before; null where none did. 制证 and other first runs are no such work.
 */
export function actsAfterDecision(events: readonly TimelineEvent[], facts: CaseFacts): number | null {
  const { decidedAt } = facts;
  // Most cases have nothing after the decision: the timeline is put in order only where it matters.
  if (decidedAt === null || !events.some(({ occurredAt }) => occurredAt > decidedAt)) return null;
  const doneBefore = new Set<string>();
  let last: number | null = null;
  for (const { type, occurredAt, data } of timelineOf(events)) {
    const isStep = type === 'step.started' || type === 'step.finished';
    if (occurredAt <= decidedAt) {
      if (type === 'step.finished') doneBefore.add(data.step!);
    } else if (isStep ? doneBefore.has(data.step!) : REOPENS.has(type)) last = occurredAt;
  }
  return last;
}

/** Working days that suspensions took out which have a serious finding against them (SUS-4, SUS-5). */
export function heldWithoutRight(
  suspensions: readonly Suspension[],
  findings: readonly Finding[],
  calendar: WorkingCalendar,
  from: number,
  to: number,
): number {
  const disputed = new Set(
    findings
      .filter(({ code, severity }) => severity === 'serious' && code.startsWith('SUS-'))
      .map(({ detail }) => detail.event),
  );
  const held = suspensions.filter(({ eventId }) => disputed.has(eventId));
  if (held.length === 0) return 0;
  return elapsed(calendar, from, to).workingDays - elapsed(calendar, from, to, held).workingDays;
}
