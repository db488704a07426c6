import type { EventContact, PlacedEvent } from '@mingjian/store';

/** The latest sign of life of each source among these events. */
export function contactsOf(placed: readonly PlacedEvent[]): EventContact[] {
  const contacts = new Map<string, EventContact>();
  for (const { event } of placed) {
    const receivedAt = event.receivedAt ?? event.occurredAt;
    const known = contacts.get(event.source);
    contacts.set(event.source, {
      source: event.source,
      department: known?.department ?? event.data.department ?? null,
      lastReceivedAt: Math.max(known?.lastReceivedAt ?? receivedAt, receivedAt),
      lastOccurredAt: Math.max(known?.lastOccurredAt ?? event.occurredAt, event.occurredAt),
    });
  }
  return [...contacts.values()];
}
