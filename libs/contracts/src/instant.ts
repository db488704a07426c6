import { z } from 'zod';

/** Calendars answer between these; a time outside is a placeholder of some system (0001-01-01, 9999-12-31), not a time. */
export const EARLIEST_INSTANT = Date.UTC(1900, 0, 1);
export const LATEST_INSTANT = Date.UTC(2400, 0, 1);
/** What is expected of a time that lies outside. */
export const COUNTABLE = 'a time from 1900 to 2400';

const isCountable = (at: number): boolean => at >= EARLIEST_INSTANT && at < LATEST_INSTANT;

/** A time in the body of a request or a message: it stays the text that was written. */
export const writtenInstant = z.iso
  .datetime({ offset: true, error: 'an RFC 3339 time with offset, such as 2026-09-14T10:00:00+08:00' })
  .refine((text) => isCountable(Date.parse(text)), COUNTABLE);

/** A time in an address: epoch milliseconds once it is read. */
export const queriedInstant = z.iso
  .datetime({
    offset: true,
    error: 'an RFC 3339 time with seconds and offset; write it like 2026-09-14T10:00:00+08:00, the + as %2B',
  })
  .transform((text) => Date.parse(text))
  .refine(isCountable, COUNTABLE);
