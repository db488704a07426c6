import { z } from 'zod';

/** Why a record is in quarantine. A closed list: it is a metric label. */
export const QUARANTINE_REASONS = [
  'malformed',
  'invalid',
  'time-in-future',
  'source-mismatch',
  'unmappable',
  'waiting', // for a row of another table of its delivery; released by itself when that comes
  'identity-conflict',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** A record that could not be used, kept whole with the reason, on topic `mingjian.quarantine`. */
export const QuarantineRecord = z.object({
  /** Stable: the same bad record from the same place has the same id, so that it is kept once. */
  id: z.string().min(1),
  source: z.string(),
  feed: z.string(),
  place: z.string(),
  reason: z.enum(QUARANTINE_REASONS),
  field: z.string(),
  expected: z.string(),
  got: z.string(),
  hint: z.string(),
  /** The record as received, cut at 64 KiB. */
  raw: z.string(),
  receivedat: z.iso.datetime({ offset: true }),
  /** The event that it would have been, where its case and its id can be read. */
  meant: z.object({ subject: z.string().max(64), id: z.string().max(128) }).optional(),
  /** What the record waited for has come and it was let into the timeline: the end of its quarantine. */
  releasedat: z.iso.datetime({ offset: true }).optional(),
  /** It came again, mended, and was accepted: the end of its quarantine, too. */
  resolvedat: z.iso.datetime({ offset: true }).optional(),
  /** Who or what ended it: an account, a feed, a source. */
  endedby: z.string().max(255).optional(),
  /** The ids of the events that came of it. */
  endedwith: z.string().max(1000).optional(),
});
export type QuarantineRecord = z.infer<typeof QuarantineRecord>;
