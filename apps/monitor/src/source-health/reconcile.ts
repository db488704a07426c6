import { sourceDays, type Queryable } from '@mingjian/store';

/** A source and a date on which what it sent and what arrived are known. */
export interface DayBalance {
  source: string;
  /** YYYY-MM-DD in the zone of the working calendar: when the events happened. */
  date: string;
  arrived: number;
  /** By the source's own statement; null where it made none. */
  sent: number | null;
  /** Sent and not arrived; negative: more arrived than it says. Null where it made no statement. */
  missing: number | null;
  /** `time` of the heartbeat that said so, epoch milliseconds. */
  statedAt: number | null;
}

/**
 * 对账: what the sources say they sent, against what arrived, by the date on which it happened; newest first. What stands in
 * quarantine has not arrived: it is missing until it is released.
 */
export async function balances(from: Queryable, since: string): Promise<DayBalance[]> {
  return (await sourceDays(from, since)).map(({ source, date, arrived, sent, sentAt }) => ({
    source,
    date,
    arrived,
    sent,
    missing: sent === null ? null : sent - arrived,
    statedAt: sentAt,
  }));
}

/** Events that each source says it has sent since a date and that have not arrived; dates with more than it says do not make up for others. */
export async function missingBySource(from: Queryable, since: string): Promise<Map<string, number>> {
  const missing = new Map<string, number>();
  for (const day of await balances(from, since))
    if (day.missing !== null && day.missing > 0)
      missing.set(day.source, (missing.get(day.source) ?? 0) + day.missing);
  return missing;
}
