import type { Light } from '@mingjian/contracts';
import type { ClockPhase } from '../verdict';
import type { Clock } from './clocks';
import type { Move } from './count';
import { before, carriedDue, dueOf, isInDays, msOf, readLimit } from './count';
import type { OfficeDays } from './office-days';

/** What a clock shows at an instant. */
export interface Shown {
  light: Light;
  phase: ClockPhase;
  dueAt: number | null;
}

/**
 * Lives through one clock up to `at`, instant by instant at which something happens to it, and says what it shows
 * then; null before it is seen.
 * @see README of this library: Suspensions, Extensions, Lights.
 */
export function liveThrough(clock: Clock, days: OfficeDays, at: number): Shown | null {
  if (at < clock.seenFrom) return null;
  if (clock.allowed === null || clock.rule === null || clock.end < clock.start) {
    const isOver = clock.end >= clock.start && clock.end <= at;
    return { light: 'grey', phase: isOver ? 'finished' : 'unknown', dueAt: null };
  }
  // Time before the start is not counted, so a hold of then begins with the clock; one of no length holds nothing.
  const holds = clock.holds
    .map(({ from, to }) => ({ from: Math.max(from, clock.start), to }))
    .filter(({ from, to }) => to > from);
  const isHeldAt = (instant: number): boolean =>
    holds.some(({ from, to }) => from <= instant && instant < to);
  const happenings = new Set(
    [...holds.flatMap(({ from, to }) => [from, to]), ...clock.extensions.map((e) => e.at), clock.end].filter(
      (instant) => instant <= Math.min(at, clock.end),
    ),
  );
  const moves: Move[] = [];
  let due = dueUnder(clock, days, moves);
  let heldSince: number | null = null;

  for (const now of [...happenings].sort((a, b) => a - b)) {
    const wasHeld = heldSince !== null;
    const extension = clock.extensions.find((granted) => granted.at === now);
    // Ended while held: what was not counted until now never will be, and the clock could not expire.
    const endsHeld = now === clock.end && wasHeld;
    // A hold that begins after the limit ran out changes nothing; one that begins with the end holds nothing.
    if (!wasHeld && isHeldAt(now) && now <= due && now < clock.end) heldSince = now;
    const isRelease = wasHeld && (!isHeldAt(now) || endsHeld);
    if (isRelease) insert(moves, { from: heldSince!, to: now });
    // While held, up to and including the instant of release, an extension is always in time.
    if (extension && (wasHeld || now <= due)) insert(moves, { from: now, days: extension.days });
    if (isRelease) heldSince = null;
    if (isRelease || extension) due = dueUnder(clock, days, moves);
    if (now === clock.end) {
      const inTime = endsHeld || now <= due;
      return { light: inTime ? 'green' : lightUnder(clock, days, due, now), phase: 'finished', dueAt: due };
    }
  }
  if (heldSince !== null) {
    // The light it had when it was held, by the due instant of then.
    const then = moves.filter((move) => move.from <= heldSince);
    const light = lightUnder(clock, days, dueUnder(clock, days, then), heldSince);
    return { light, phase: 'suspended', dueAt: null };
  }
  return { light: lightUnder(clock, days, due, at), phase: at > due ? 'overdue' : 'running', dueAt: due };
}

/** Moves apply in order of start; at one instant the hold first. */
function insert(moves: Move[], move: Move): void {
  moves.push(move);
  moves.sort((a, b) => a.from - b.from || Number('days' in a) - Number('days' in b));
}

function dueUnder({ allowed, start }: Clock, days: OfficeDays, moves: readonly Move[]): number {
  if (allowed === null) throw new TypeError('a clock without a limit has no due instant');
  return 'carriedDueAt' in allowed
    ? carriedDue(days, allowed.carriedDueAt, moves)
    : dueOf(days, allowed, start, moves);
}

function lightUnder(clock: Clock, days: OfficeDays, due: number, at: number): Light {
  if (at >= redFrom(clock, days, due)) return 'red';
  return at > due || clock.rule!.yellowBefore.some((text) => at >= yellowFrom(clock, days, due, text))
    ? 'yellow'
    : 'green';
}

/** Red from the millisecond after the due instant plus `redAfter`; never for `never`. */
function redFrom({ rule, allowed }: Clock, days: OfficeDays, due: number): number {
  if (rule!.redAfter === 'never') return Infinity;
  const later = readLimit(rule!.redAfter);
  if (later.n === 0) return due + 1;
  return dueOf(days, { ...later, sameTime: later.sameTime || toTheHour(allowed, later) }, due, []) + 1;
}

/** Counted back from the due instant; Infinity for a share of less than one day, which sets no threshold. */
function yellowFrom({ allowed, start }: Clock, days: OfficeDays, due: number, text: string): number {
  if (!text.endsWith('%')) {
    const limit = readLimit(text);
    return before(days, { ...limit, sameTime: toTheHour(allowed, limit) }, due);
  }
  const percent = Number(text.slice(0, -1));
  if (allowed === null) return Infinity;
  if ('carriedDueAt' in allowed) return due - Math.floor(((due - start) * percent) / 100);
  if (isInDays(allowed)) {
    const share = Math.floor((allowed.n * percent) / 100);
    return share === 0 ? Infinity : before(days, { ...allowed, n: share }, due);
  }
  const n = Math.floor((msOf(allowed) * percent) / 100);
  return n === 0
    ? Infinity
    : before(days, { n, unit: allowed.unit === 'h' ? 'ms' : 'wms', sameTime: false }, due);
}

/** Days measured from a due instant that is exact to the hour keep its time of day. */
function toTheHour(allowed: Clock['allowed'], measured: { unit: string }): boolean {
  if (!['wd', 'd', 'd!'].includes(measured.unit) || allowed === null) return false;
  return 'carriedDueAt' in allowed || allowed.sameTime || !isInDays(allowed);
}
