import type { ActEvent } from '@mingjian/contracts';
import type { Presenter } from '../api/present';
import type { SupervisionOrderRow } from '@mingjian/store';
import type { OrderSeen } from './order-desk';
import { ORDER_ACT_NAMES, ORDER_COLOUR_NAMES, ORDER_LEVEL_NAMES, ORDER_STATE_NAMES } from './order-words';

/** An order as lists show it. */
export function presentOrderRow(row: SupervisionOrderRow, present: Presenter): object {
  return {
    id: row.id,
    no: row.no,
    title: row.title,
    department: row.department,
    departmentName: present.departmentName(row.department),
    post: row.post,
    colour: row.colour,
    colourName: ORDER_COLOUR_NAMES[row.colour],
    state: row.state,
    stateName: ORDER_STATE_NAMES[row.state],
    light: row.light,
    level: row.level,
    levelName: row.level === null ? null : ORDER_LEVEL_NAMES[row.level],
    round: row.round,
    dueAt: present.timeOrNull(row.dueAt),
    provisional: row.provisional,
    rule: row.rule,
    issuedAt: present.time(row.issuedAt),
    endedAt: present.timeOrNull(row.endedAt),
  };
}

/** An order with its clocks and everything that was done about it. */
export function presentOrder(seen: OrderSeen, present: Presenter): object {
  const { facts, verdict, events } = seen;
  return {
    ...presentOrderRow(seen.row, present),
    version: facts.version,
    content: facts.content.content,
    basis: facts.content.basis,
    sources: facts.content.sources,
    light: verdict.light,
    clock: verdict.clock,
    extensionsLeft: verdict.extensionsLeft,
    extensionRequested: facts.rounds[facts.rounds.length - 1]?.requested ?? null,
    clocks: verdict.tracks.map((track) => ({
      clock: track.clock,
      startedAt: present.time(track.startedAt),
      dueAt: present.time(track.dueAt),
      finishedAt: present.timeOrNull(track.finishedAt),
      provisional: track.provisional,
      spans: track.spans.map((span) => ({
        from: present.time(span.from),
        light: span.light,
        phase: span.phase,
      })),
    })),
    events: events.map((event) => presentEvent(event, present, ORDER_ACT_NAMES[event.act.type])),
  };
}

/** One event, with instants as texts: those inside end in `At`. */
export function presentEvent(event: ActEvent<{ type: string }>, present: Presenter, name: string): object {
  const act = Object.fromEntries(
    Object.entries(event.act).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'number' ? present.time(value) : (value as unknown),
    ]),
  );
  return { seq: event.seq, at: present.time(event.at), name, actor: event.actor, act };
}
