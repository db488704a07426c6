import { z } from 'zod';

const instant = z.iso.datetime({
  offset: true,
  error: 'an RFC 3339 time with seconds and offset; write it like 2026-09-14T10:00:00+08:00',
});

/** Dates in one heartbeat: a source that was away for a month can tell of all of it. */
const MOST_DATES = 62;

/**
 * 心跳: a sign of life of a source, `POST /v1/heartbeats`, as often as the source likes. CloudEvents 1.0.
 *
 * `time` is what the clock of the source says while it sends: the difference to our receipt is the offset of its clock.
 * `data.sent` says, for dates in the source's zone, how many step events whose `time` lies on that date it has sent
 * so far: what is missing here is then known to both. A later heartbeat about a date replaces an earlier one.
 */
export const SourceHeartbeat = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(128),
  type: z.literal('source.heartbeat'),
  time: instant,
  receivedat: instant.optional(),
  data: z
    .looseObject({
      department: z.string().min(1).max(64).optional(),
      sent: z
        .array(z.strictObject({ date: z.iso.date(), events: z.number().int().nonnegative() }))
        .max(MOST_DATES)
        .optional(),
    })
    .default({}),
});
export type SourceHeartbeat = z.infer<typeof SourceHeartbeat>;

/** How the clock of a source was measured besides by its heartbeats. A closed list: it is a metric label. */
export const CLOCK_WAYS = ['table', 'http', 'topic'] as const;
export type ClockWay = (typeof CLOCK_WAYS)[number];

/**
 * 时钟偏差: what the clock of a source said at an exchange, written by the collector beside the heartbeats. It is no sign of
 * life: a database that answers says nothing about the software that should write into it.
 *
 * `time` is what the clock of the source said, `receivedat` what ours said at the same moment.
 */
export const SourceClockReading = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(128),
  type: z.literal('source.clock'),
  time: instant,
  receivedat: instant,
  data: z.object({
    way: z.enum(CLOCK_WAYS),
    /** The difference is right within so much, milliseconds; null: the clock is at least so far ahead. */
    withinMs: z.number().int().nonnegative().nullable(),
  }),
});
export type SourceClockReading = z.infer<typeof SourceClockReading>;
