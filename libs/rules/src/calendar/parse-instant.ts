import type { Zone } from './zone';

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** A text that is no instant. */
export class BadInstantError extends Error {
  constructor(readonly text: string) {
    super(
      `"${text}" is no time; write 2026-09-14T10:00:00+08:00, or without offset for the calendar's own zone`,
    );
    this.name = 'BadInstantError';
  }
}

/**
 * Epoch milliseconds of a written time. Without an offset the time is in `zone`; a date alone is its first instant.
 * Fractions finer than a millisecond are cut off.
 * @throws BadInstantError
 */
export function parseInstant(text: string, zone: Zone): number {
  const match = PATTERN.exec(text.trim());
  if (!match) throw new BadInstantError(text);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDate =
    // Date.UTC takes the years 0 to 99 for 1900 to 1999.
    date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() + 1 === Number(month) &&
    date.getUTCDate() === Number(day);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  // Some systems write the end of a day as 24:00; it is the next day's first instant.
  const isEndOfDay = Number(hour) === 24 && Number(minute) === 0 && Number(second) === 0 && ms === 0;
  if (!isDate || !(isTime || isEndOfDay)) throw new BadInstantError(text);
  if (offset === undefined) return zone.toInstant(local);
  if (offset.toUpperCase() === 'Z') return local;
  const sign = offset.startsWith('-') ? -1 : 1;
  return local - sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000;
}

/** RFC 3339 with milliseconds and the zone's offset: `2026-10-19T23:59:59.999+08:00`. */
export function formatInstant(instant: number, zone: Zone): string {
  const offset = zone.offsetAt(instant);
  const text = new Date(instant + offset).toISOString().slice(0, -1);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
