import type { ClockPhase } from '../verdict';
import type { Light } from '@mingjian/contracts';
import type { Clock } from './clock';
import type { Move } from './count';
import { carriedDue, dueOf } from './count';
import { Reckoning } from './reckoning';

/** What a clock shows at an instant. */
export interface Shown {
  light: Light;
  phase: ClockPhase;
  dueAt: number | null;
}

/** A stretch of a clock's life, told once: either what it shows, or the due instant by which it still counts. */
export interface Chapter {
  from: number;
  shows: Shown | Reckoning;
}

/**
 * Lives through one clock, instant by instant at which something happens to it.
 * @returns its life in chapters, each until the next one begins; the last has no end.
 * @see README of this library: Suspensions, Extensions, Lights.
 */
export function liveThrough(clock: Clock): Chapter[] {
  const { start, end } = clock;
  if (clock.allowed === null || clock.rule === null || end < start) {
    const unknown: Chapter = {
      from: -Infinity,
      shows: { light: 'grey', phase: 'unknown', dueAt: null },
    };
    if (end < start) return [unknown];
    return [unknown, { from: end, shows: { light: 'grey', phase: 'finished', dueAt: null } }];
  }
  // Time before the start is not counted, so a hold of then begins with the clock; one of no length holds nothing.
  const holds = clock.holds
    .map(({ from, to }) => ({ from: Math.max(from, start), to }))
    .filter(({ from, to }) => to > from);
  const isHeldAt = (instant: number): boolean =>
    holds.some(({ from, to }) => from <= instant && instant < to);
  const happenings = new Set(
    [...holds.flatMap(({ from, to }) => [from, to]), ...clock.extensions.map((e) => e.at), end].filter(
      (instant) => instant <= end && instant < Infinity,
    ),
  );
  const moves: Move[] = [];
  let now = new Reckoning(clock, dueUnder(clock, moves));
  let heldSince: number | null = null;
  const life: Chapter[] = [{ from: -Infinity, shows: now }];

  for (const at of [...happenings].sort((a, b) => a - b)) {
    const wasHeld: boolean = heldSince !== null;
    const extension = clock.extensions.find((granted) => granted.at === at);
    // Ended while held: what was not counted until now never will be, and the clock could not expire.
    const endsHeld = at === end && wasHeld;
    // A hold that begins after the limit ran out changes nothing; one that begins with the end holds nothing.
    const isCaught = !wasHeld && isHeldAt(at) && at <= now.due && at < end;
    const isRelease = wasHeld && (!isHeldAt(at) || endsHeld);
    if (isRelease) insert(moves, { from: heldSince!, to: at });
    // While held, up to and including the instant of release, an extension is always in time.
    if (extension && (wasHeld || at <= now.due)) insert(moves, { from: at, days: extension.days });
    if (isCaught) heldSince = at;
    if (isRelease) heldSince = null;
    if (isRelease || extension) now = new Reckoning(clock, dueUnder(clock, moves));
    if (at === end) {
      const light = endsHeld || at <= now.due ? 'green' : now.lightAt(at);
      life.push({ from: at, shows: { light, phase: 'finished', dueAt: now.due } });
    } else if (isCaught) {
      // The light it had when it was held, by the due instant of then.
      life.push({ from: at, shows: { light: now.lightAt(at), phase: 'suspended', dueAt: null } });
    } else if (heldSince === null) life.push({ from: at, shows: now });
  }
  return life;
}

/** What the clock shows at an instant of its life; null before it is seen. */
export function shownAt({ seenFrom }: Clock, life: readonly Chapter[], at: number): Shown | null {
  if (at < seenFrom) return null;
  let current = life[0]!;
  for (const chapter of life) if (chapter.from <= at) current = chapter;
  const { shows } = current;
  if (!(shows instanceof Reckoning)) return shows;
  return { light: shows.lightAt(at), phase: at > shows.due ? 'overdue' : 'running', dueAt: shows.due };
}

/**
 * From when a clock has run out if nobody answers: the millisecond after its due instant or, where that passed while it
 * was held, its resumption. Infinity for a clock that never does, or of which nobody can tell.
 */
export function runsOutAt(clock: Clock): number {
  const life = liveThrough({ ...clock, end: Infinity });
  const last = life.at(-1)!;
  if (!(last.shows instanceof Reckoning)) return Infinity;
  const resumedAt = life.findLastIndex(({ shows }) => !(shows instanceof Reckoning));
  return Math.max(last.shows.due + 1, life[resumedAt + 1]!.from);
}

/** Moves apply in order of start; at one instant the hold first. */
function insert(moves: Move[], move: Move): void {
  moves.push(move);
  moves.sort((a, b) => a.from - b.from || Number('days' in a) - Number('days' in b));
}

function dueUnder({ allowed, start, days }: Clock, moves: readonly Move[]): number {
  if (allowed === null) throw new TypeError('a clock without a limit has no due instant');
  return 'carriedDueAt' in allowed
    ? carriedDue(days, allowed.carriedDueAt, moves)
    : dueOf(days, allowed, start, moves);
}
