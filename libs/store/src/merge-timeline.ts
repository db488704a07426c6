import type { TimelineEvent } from '@mingjian/contracts';
import { comparePreference, isSameReport } from '@mingjian/rules';

/** What arriving events do to a case's stored timeline. */
export interface TimelineMerge {
  /** The timeline afterwards: each identity (source, id) once. */
  events: TimelineEvent[];
  /** Identities that were not there before. */
  added: TimelineEvent[];
  /** Events that take the place of a stored one with the same identity. */
  replaced: TimelineEvent[];
  /** Repeats of what was known. */
  duplicates: TimelineEvent[];
  /** Events whose identity another event with other content holds: they go to quarantine. */
  losers: TimelineEvent[];
}

/**
 * Joins arriving events with a stored timeline. Of several events with one identity the winner is the same in
 * whatever order they arrive (`comparePreference`), so that replicas and replays agree.
 */
export function mergeTimeline(
  stored: readonly TimelineEvent[],
  arriving: readonly TimelineEvent[],
): TimelineMerge {
  const held = new Map(stored.map((event) => [identityOf(event), event]));
  const before = new Map(held);
  const duplicates: TimelineEvent[] = [];
  const losers: TimelineEvent[] = [];
  for (const event of arriving) {
    const identity = identityOf(event);
    const other = held.get(identity);
    if (other === undefined) {
      held.set(identity, event);
      continue;
    }
    const isWinner = comparePreference(event, other) < 0;
    if (isWinner) held.set(identity, event);
    if (isSameReport(event, other)) duplicates.push(event);
    else losers.push(isWinner ? other : event);
  }
  const added: TimelineEvent[] = [];
  const replaced: TimelineEvent[] = [];
  for (const [identity, event] of held) {
    const earlier = before.get(identity);
    if (earlier === undefined) added.push(event);
    else if (earlier !== event) replaced.push(event);
  }
  return { events: [...held.values()], added, replaced, duplicates, losers };
}

function identityOf(event: TimelineEvent): string {
  return `${event.source}\u0000${event.id}`;
}
