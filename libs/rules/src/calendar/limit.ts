/** Units of a limit: working days, calendar days, working time, wall-clock time. Never guessed from each other. */
export type LimitUnit = 'working-day' | 'calendar-day' | 'working-ms' | 'wall-ms';

/** 时限: a limit in compiled form. Notation: design.md §3.3 and the README of this library. */
export interface Limit {
  /** As written, canonical: `7wd@time`. */
  text: string;
  unit: LimitUnit;
  /** Days, or milliseconds. */
  amount: number;
  /** Days only: due at the same wall-clock time of the last day instead of its end. */
  atTime: boolean;
  /** Calendar days only: a last day that is not worked moves to the next working day (民法典 203). */
  movesToWorkingDay: boolean;
}

const MS: Record<string, number> = { h: 3_600_000, wh: 3_600_000, wm: 60_000, ws: 1_000 };
const PATTERN = /^(\d{1,9})(wd|wh|wm|ws|d!|d|h)(@time)?$/;
const compiled = new Map<string, Limit>();

/** A text that is no limit. */
export class BadLimitError extends Error {
  constructor(readonly text: string) {
    super(
      `"${text}" is no limit; write working days 20wd or 7wd@time, working hours 160wh, minutes 90wm or seconds 90ws, ` +
        `calendar days 60d or 60d! (not moved to a working day), with @time for the same time of day, or clock hours 48h`,
    );
    this.name = 'BadLimitError';
  }
}

/** @throws BadLimitError when the text is not in limit notation. */
export function parseLimit(text: string): Limit {
  const known = compiled.get(text);
  if (known) return known;
  const match = PATTERN.exec(text);
  const [, digits = '', unit = '', atTime] = match ?? [];
  if (!match || (atTime !== undefined && unit in MS)) throw new BadLimitError(text);
  const amount = Number(digits);
  const isDays = unit === 'wd' || unit === 'd' || unit === 'd!';
  const limit: Limit = {
    text: `${amount}${unit}${atTime ?? ''}`,
    unit: unit === 'wd' ? 'working-day' : isDays ? 'calendar-day' : unit === 'h' ? 'wall-ms' : 'working-ms',
    amount: isDays ? amount : amount * MS[unit]!,
    atTime: atTime !== undefined,
    movesToWorkingDay: unit === 'd',
  };
  // Rulesets hold a handful of limits; a stream of requests must not fill the memory.
  if (compiled.size < 1_000) compiled.set(text, limit);
  return limit;
}

/** The same limit `days` days longer, in the limit's own days; limits in hours have no days to add. */
export function lengthen(limit: Limit, days: number): Limit {
  return limit.unit === 'working-day' || limit.unit === 'calendar-day'
    ? {
        ...limit,
        amount: limit.amount + days,
        text: `${limit.amount + days}${limit.text.replace(/^\d+/, '')}`,
      }
    : limit;
}
