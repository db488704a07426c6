import type { Light } from '@mingjian/contracts';
import type { Clock } from './clock';
import { before, dueOf, isInDays, msOf, readLimit } from './count';

/** The lights of a clock under one due instant. @see README of this library: Lights. */
export class Reckoning {
  private red: number | undefined;
  private yellow: number | undefined;

  constructor(
    private readonly clock: Clock,
    readonly due: number,
  ) {}

  lightAt(at: number): Light {
    if (at >= (this.red ??= redFrom(this.clock, this.due))) return 'red';
    return at >= (this.yellow ??= yellowFrom(this.clock, this.due)) ? 'yellow' : 'green';
  }
}

/** Red from the millisecond after the due instant plus `redAfter`; never for `never`. */
function redFrom({ rule, allowed, days }: Clock, due: number): number {
  if (rule!.redAfter === 'never') return Infinity;
  const later = readLimit(rule!.redAfter);
  if (later.n === 0) return due + 1;
  return dueOf(days, { ...later, sameTime: later.sameTime || toTheHour(allowed, later) }, due, []) + 1;
}

/** Yellow from the earliest threshold; at the latest from the millisecond after the due instant. */
function yellowFrom(clock: Clock, due: number): number {
  return Math.min(due + 1, ...clock.rule!.yellowBefore.map((text) => threshold(clock, due, text)));
}

/** Counted back from the due instant; Infinity for a share of less than one day, which sets no threshold. */
function threshold({ allowed, start, days }: Clock, due: number, text: string): number {
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
