import type { CaseClock, Explanation, ReportedEvent } from '../api/answers';
import { dateText, instant, startOfDay } from '../time/texts';

/** Measures of the picture, in its own units. */
export const FRAME = { width: 1000, left: 168, right: 12, top: 26, row: 26, bar: 14 } as const;
const DAY_MS = 86_400_000;
const MOST_DATES = 12;

export interface Band {
  at: number;
  x: number;
  width: number;
  kind: 'worked' | 'off' | 'unknown';
  /** Month and day, where there is room for it. */
  label: string | null;
}

export interface Bar {
  clock: CaseClock;
  y: number;
  spans: { x: number; width: number; light: string; from: number; isHeld: boolean }[];
  /** Thin line from now to the due mark. */
  rest: { x: number; width: number } | null;
  due: { x: number; at: number } | null;
}

export interface Picture {
  height: number;
  bottom: number;
  bands: Band[];
  bars: Bar[];
  events: { x: number; at: number; type: string }[];
  now: number | null;
}

/**
 * The case as a picture: working days dark and days off light behind, one bar a clock with a mark at its due instant,
 * and a line at the present. Null where nothing has an instant.
 */
export function pictureOf(
  clocks: readonly CaseClock[],
  events: readonly ReportedEvent[],
  explanation: Explanation | null,
  now: number,
  open: boolean,
): Picture | null {
  const instants = [
    ...events.map(({ occurredAt }) => instant(occurredAt)),
    ...clocks.flatMap(({ startedAt, dueAt, finishedAt }) => [startedAt, dueAt, finishedAt].map(instant)),
    open ? now : null,
  ].filter((at) => at !== null);
  if (instants.length === 0) return null;
  // Whole days, so that a case of minutes still shows the day it happened on.
  const from = startOfDay(Math.min(...instants));
  const until = startOfDay(Math.max(...instants)) + DAY_MS;
  const x = (at: number): number =>
    FRAME.left + ((at - from) / (until - from)) * (FRAME.width - FRAME.left - FRAME.right);
  const bottom = FRAME.top + Math.max(1, clocks.length) * FRAME.row + 4;
  return {
    height: bottom + 26,
    bottom,
    bands: bandsOf(from, until, x, explanation),
    bars: clocks.map((clock, index) => barOf(clock, index, x, now)),
    events: events.map(({ occurredAt, type }) => {
      const at = Date.parse(occurredAt);
      return { x: x(at), at, type };
    }),
    now: now >= from && now <= until ? x(now) : null,
  };
}

/** What the explanation says about each date. A date that it does not mention is drawn as unknown. */
function bandsOf(
  from: number,
  until: number,
  x: (at: number) => number,
  explanation: Explanation | null,
): Band[] {
  const kinds = new Map<string, string>();
  for (const { ledger } of explanation?.clocks ?? [])
    for (const { date, kind } of ledger?.lines ?? []) kinds.set(date, kind);
  const days = Math.round((until - from) / DAY_MS);
  const every = Math.ceil(days / MOST_DATES);
  return Array.from({ length: days }, (_, index) => {
    const at = from + index * DAY_MS;
    const date = dateText(at);
    const kind = kinds.get(date);
    return {
      at,
      x: x(at),
      width: x(at + DAY_MS) - x(at),
      kind: kind === undefined ? 'unknown' : kind === 'rest-day' || kind === 'holiday' ? 'off' : 'worked',
      label: index % every === 0 ? date.slice(5) : null,
    };
  });
}

function barOf(clock: CaseClock, index: number, x: (at: number) => number, now: number): Bar {
  const startedAt = Date.parse(clock.startedAt);
  const end = instant(clock.finishedAt) ?? Math.max(now, startedAt);
  const due = instant(clock.dueAt);
  const spans = clock.spans.flatMap((span, place) => {
    const from = Date.parse(span.from);
    const stop = Math.min(instant(clock.spans[place + 1]?.from) ?? end, end);
    if (stop < from || (stop === from && place > 0)) return [];
    const width = Math.max(2, x(stop) - x(from));
    return [{ x: x(from), width, light: span.light, from, isHeld: span.phase === 'suspended' }];
  });
  return {
    clock,
    y: FRAME.top + index * FRAME.row + (FRAME.row - FRAME.bar) / 2,
    spans,
    rest: due !== null && due > end ? { x: x(end), width: x(due) - x(end) } : null,
    due: due === null ? null : { x: x(due), at: due },
  };
}
