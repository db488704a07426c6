import type { ActEvent, ComplaintHappeningKind, ComplaintRecord } from '@mingjian/contracts';
import { foldComplaint, happenedAt, type ComplaintFacts } from './fold-complaint';

/** Something that became of a complaint and that a supervision order may rest on. */
export interface ComplaintHappening {
  what: ComplaintHappeningKind;
  /** Names it among those of its complaint, wherever late data move it: `handle#1/red`, `reopened#2`, `valid`. */
  ref: string;
  at: number;
  /** Who has to answer for it; null: the supervising office itself, which nobody can order to reply. */
  department: string | null;
}

type Events = readonly ActEvent<ComplaintRecord>[];

/**
 * What became of a complaint, earliest first.
 *
 * Lights are those on record of a department's handling, after its limit: acceptance, transfer and verification are the office's
 * own. They and reopenings are answered for by the department that had the complaint in hand at that instant; a complaint that
 * proved valid by the one complained about. A withdrawn complaint counts for nothing; reopening one that proved invalid neither,
 * as for leads.
 */
export function complaintHappenings(events: Events): ComplaintHappening[] {
  const facts = foldComplaint(events);
  if (facts.state === 'withdrawn') return [];
  return [...lightsOf(events), ...reopeningsOf(events, facts), ...verdictOf(events, facts)].sort(
    (a, b) => a.at - b.at || (a.ref < b.ref ? -1 : 1),
  );
}

function lightsOf(events: Events): ComplaintHappening[] {
  const held = new Map<string, ComplaintHappening>();
  for (const { act } of events) {
    if (act.type !== 'lit' && act.type !== 'unlit') continue;
    const { clock, to, overdue, becameAt: at } = act;
    if (!clock.startsWith('handle#') || !overdue || (to !== 'yellow' && to !== 'red')) continue;
    const ref = `${clock}/${to}`;
    if (act.type === 'unlit') held.delete(ref);
    else held.set(ref, { what: to, ref, at, department: handlerAt(events, at) });
  }
  return [...held.values()];
}

function reopeningsOf(events: Events, { verdict, misplaced }: ComplaintFacts): ComplaintHappening[] {
  if (verdict === 'invalid') return [];
  return events
    .filter(({ act, seq }) => act.type === 'reopened' && !misplaced.includes(seq))
    .map(happenedAt)
    .sort((a, b) => a - b)
    .map((at, index) => ({
      what: 'reopened',
      ref: `reopened#${index + 1}`,
      at,
      department: handlerAt(events, at),
    }));
}

function verdictOf(events: Events, { verdict, registered, misplaced }: ComplaintFacts): ComplaintHappening[] {
  if (verdict !== 'valid') return [];
  const given = events.filter(({ act, seq }) => act.type === 'verified' && !misplaced.includes(seq));
  const at = Math.max(...given.map(happenedAt));
  return [{ what: 'valid', ref: 'valid', at, department: registered.department }];
}

/** The department that had a complaint in hand at an instant; null: the office itself. */
function handlerAt(events: Events, at: number): string | null {
  return foldComplaint(events.filter((event, index) => index === 0 || happenedAt(event) <= at)).handler;
}
