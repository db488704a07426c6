import type { TimelineEvent } from '@mingjian/contracts';

/**
 * Which of two events with one identity (source, id) is the event. The answer must not depend on the order of
 * arrival at a consumer: the one received first, and among equals the one whose content sorts first.
 * @returns a negative number when `a` is the event, positive when `b` is, 0 when they are the same.
 */
export function comparePreference(a: TimelineEvent, b: TimelineEvent): number {
  const received = (a.receivedAt ?? Infinity) - (b.receivedAt ?? Infinity);
  if (received !== 0 && !Number.isNaN(received)) return received;
  const [left, right] = [canonicalEvent(a), canonicalEvent(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether two events with one identity also report the same thing. */
export function isSameReport(a: TimelineEvent, b: TimelineEvent): boolean {
  return (
    a.type === b.type &&
    a.occurredAt === b.occurredAt &&
    a.caseNo === b.caseNo &&
    (a.data === b.data || canonicalJson(a.data) === canonicalJson(b.data))
  );
}

/** Events with each identity once. */
export function withoutRepeats(events: readonly TimelineEvent[]): TimelineEvent[] {
  if (events.length <= FEW && !hasRepeat(events)) return events as TimelineEvent[];
  const known = new Map<string, TimelineEvent>();
  for (const event of events) {
    const key = `${event.source}\u0000${event.id}`;
    const other = known.get(key);
    if (other === undefined || comparePreference(event, other) < 0) known.set(key, event);
  }
  return [...known.values()];
}

/** Below this many events comparing all pairs is quicker than hashing them. */
const FEW = 16;

function hasRepeat(events: readonly TimelineEvent[]): boolean {
  for (let i = 1; i < events.length; i++)
    for (let k = 0; k < i; k++)
      if (events[i]!.id === events[k]!.id && events[i]!.source === events[k]!.source) return true;
  return false;
}

function canonicalEvent(event: TimelineEvent): string {
  return canonicalJson([event.type, event.caseNo, event.occurredAt, event.data]);
}

/** JSON with the keys of every object in order: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
