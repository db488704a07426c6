import type { StepEventType, TimelineEvent } from '@mingjian/contracts';

/** Events of one instant are read in the order of the procedure. */
const PROCEDURE: readonly StepEventType[] = [
  'case.submitted',
  'case.correction-requested',
  'case.correction-received',
  'case.accepted',
  'case.not-accepted',
  'inspectors.assigned',
  'hearing.informed',
  'hearing.requested',
  'hearing.notified',
  'hearing.held',
  'step.started',
  'step.finished',
  'case.suspended',
  'case.resumed',
  'case.extended',
  'case.forwarded',
  'case.decided',
  'case.delivered',
  'case.withdrawn',
  'case.returned',
  'case.voided',
  'fee.charged',
  'case.rated',
  'rating.contacted',
  'rating.rectified',
  'event.retracted',
];

/** The events that count, in order: each identity once, without what was taken back. */
export function standing(events: readonly TimelineEvent[]): TimelineEvent[] {
  const byIdentity = new Map<string, TimelineEvent>();
  for (const event of events) {
    const identity = JSON.stringify([event.source, event.id]);
    const rival = byIdentity.get(identity);
    if (!rival || isPreferred(event, rival)) byIdentity.set(identity, event);
  }
  const once = [...byIdentity.values()];
  once.sort(
    (a, b) =>
      a.occurredAt - b.occurredAt ||
      PROCEDURE.indexOf(a.type) - PROCEDURE.indexOf(b.type) ||
      compare(a.source, b.source) ||
      compare(a.id, b.id),
  );
  // From the last to the first: a retraction stands unless a later one that stands took it back.
  const gone = new Set<TimelineEvent>();
  for (const [place, event] of [...once.entries()].reverse()) {
    if (event.type !== 'event.retracted' || gone.has(event)) continue;
    once.forEach((other, otherPlace) => {
      if (other.source !== event.source || other.id !== event.data.retracts) return;
      if (other.type !== 'event.retracted' || otherPlace < place) gone.add(other);
    });
  }
  return once.filter((event) => !gone.has(event));
}

/** Of two events with one identity: the one received first; then, so that arrival plays no part, by content. */
function isPreferred(a: TimelineEvent, b: TimelineEvent): boolean {
  const [received, other] = [a.receivedAt ?? Infinity, b.receivedAt ?? Infinity];
  return received === other ? contentOf(a) < contentOf(b) : received < other;
}

function contentOf({ type, caseNo, occurredAt, data }: TimelineEvent): string {
  const members = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compare(a, b));
  return JSON.stringify([type, caseNo, occurredAt, Object.fromEntries(members)]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
