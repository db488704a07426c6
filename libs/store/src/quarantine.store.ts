import type { QuarantineRecord } from '@mingjian/contracts';
import { instantOf, instantText } from './hot/instant-text';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { QUARANTINE_STATES, QuarantineRow } from './rows';
import type { QuarantineState } from './rows';
import type { Queryable, StoreTransaction } from './store';

const QUARANTINE = new TableMap(QuarantineRow);

/** How a quarantine ended. */
export interface QuarantineEnd {
  state: Exclude<QuarantineState, 'held'>;
  at: number;
  /** Who or what ended it: an account, a feed, a source. */
  by: string;
  /** The ids of the events that came of it, where there are any. */
  eventIds?: string | null;
}

/**
 * Keeps records in quarantine; one whose id is known is kept as it is, with its state.
 * @returns the number of records that were new.
 */
export async function keepQuarantined(
  transaction: StoreTransaction,
  records: readonly QuarantineRecord[],
): Promise<number> {
  const ids = records.map((record) => record.id);
  const known = new Set(
    (await queryByKeys<{ id: string }>(transaction, 'SELECT id FROM quarantine WHERE id IN (?)', ids)).map(
      (row) => row.id,
    ),
  );
  const fresh: QuarantineRow[] = [];
  for (const record of records) {
    if (known.has(record.id)) continue;
    known.add(record.id);
    fresh.push(rowOf(record));
  }
  await insertRows(transaction, QUARANTINE, fresh);
  return fresh.length;
}

/** How the record says that its quarantine ended; null while it has not. */
export function endOf(record: QuarantineRecord): QuarantineEnd | null {
  const { releasedat, resolvedat, endedby, endedwith } = record;
  const at = releasedat ?? resolvedat;
  if (at === undefined) return null;
  const state = releasedat === undefined ? 'resolved' : 'released';
  return { state, at: Date.parse(at), by: endedby ?? record.feed, eventIds: endedwith ?? null };
}

function rowOf(record: QuarantineRecord): QuarantineRow {
  const { id, source, feed, place, reason, field, expected, got, hint, raw, receivedat, meant } = record;
  const end = endOf(record);
  return {
    ...{ id, source, feed, place, reason, field, expected, got, hint, raw },
    receivedAt: Date.parse(receivedat),
    state: end?.state ?? 'held',
    releasedAt: end?.at ?? null,
    meantCase: meant?.subject ?? null,
    meantEvent: meant?.id ?? null,
    endedBy: end?.by ?? null,
    endedWith: end?.eventIds ?? null,
  };
}

/** One record with its raw text; null where the id is unknown. */
export async function findQuarantined(
  store: { reader: { getRepository: StoreTransaction['manager']['getRepository'] } },
  id: string,
): Promise<QuarantineRow | null> {
  return store.reader.getRepository(QuarantineRow).findOneBy({ id });
}

/**
 * Ends the quarantine of a held record; the record itself is kept.
 * @returns whether it was held; false tells the loser of a race that somebody else was first.
 */
export async function endQuarantine(
  transaction: StoreTransaction,
  id: string,
  { state, at, by, eventIds = null }: QuarantineEnd,
): Promise<boolean> {
  const { affected } = await transaction.manager.update(
    QuarantineRow,
    { id, state: 'held' },
    { state, releasedAt: at, endedBy: by.slice(0, 255), endedWith: eventIds?.slice(0, 1000) ?? null },
  );
  return affected === 1;
}

/** Number of records that wait for a person. */
export async function countHeld(from: Queryable): Promise<number> {
  const rows = await from.query<{ held: number }>(
    "SELECT COUNT(*) AS held FROM quarantine WHERE state = 'held'",
  );
  return Number(rows[0]?.held ?? 0);
}

/** Number of records by state. */
export async function countQuarantined(from: Queryable): Promise<Record<QuarantineState, number>> {
  const rows = await from.query<{ state: QuarantineState; count: number }>(
    'SELECT state, COUNT(*) AS count FROM quarantine GROUP BY state',
  );
  const counted = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return Object.fromEntries(QUARANTINE_STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<
    QuarantineState,
    number
  >;
}

/** A held record without what it says. */
export interface HeldRecord {
  id: string;
  feed: string;
  place: string;
}

/** The held records of a source that were received since an instant, the newest first, at most `limit`. */
export async function heldOfSource(
  from: Queryable,
  source: string,
  since: number,
  limit: number,
): Promise<HeldRecord[]> {
  const rows = await from.query<Record<keyof HeldRecord, string>>(
    "SELECT id, feed, place FROM quarantine WHERE state = 'held' AND source = ? AND received_at >= ? " +
      `ORDER BY received_at DESC, id LIMIT ${limit}`,
    [source, instantText(since)],
  );
  return rows.map(({ id, feed, place }) => ({ id, feed, place }));
}

/** Records with their raw text, by id. */
export async function quarantinedById(
  from: Queryable,
  ids: readonly string[],
): Promise<Map<string, QuarantineRow>> {
  const rows = await queryByKeys<object>(from, 'SELECT * FROM quarantine WHERE id IN (?)', ids);
  return new Map(rows.map((raw) => QUARANTINE.decode(raw)).map((row) => [row.id, row]));
}

/** A held record that says which event it would have been, and whether that event has come since. */
export interface HeldMeaning {
  id: string;
  receivedAt: number;
  source: string;
  eventId: string;
  /** Receipt of the event; null where it has not come since. */
  arrivedAt: number | null;
}

/**
 * The held records that say which event they would have been, in order of receipt behind `after`. What was there before
 * the record came is another matter: a sender that spoils what it had sent in order has mended nothing.
 */
export async function heldMeanings(
  from: Queryable,
  after: { receivedAt: number; id: string },
  limit: number,
): Promise<HeldMeaning[]> {
  const since = instantText(after.receivedAt);
  const rows = await from.query<Record<string, unknown>>(
    'SELECT q.id AS id, q.source AS source, q.received_at AS received_at, q.meant_event AS meant_event, ' +
      'e.received_at AS arrived_at FROM quarantine q LEFT JOIN step_event e ' +
      'ON e.case_no = q.meant_case AND e.source = q.source AND e.event_id = q.meant_event ' +
      'AND e.received_at > q.received_at ' +
      "WHERE q.state = 'held' AND q.reason <> 'identity-conflict' AND q.meant_event IS NOT NULL " +
      'AND (q.received_at > ? OR (q.received_at = ? AND q.id > ?)) ' +
      `ORDER BY q.received_at, q.id LIMIT ${limit}`,
    [since, since, after.id],
  );
  return rows.map((row) => ({
    id: String(row.id),
    source: String(row.source),
    eventId: String(row.meant_event),
    receivedAt: instantOf(row.received_at as string | Date),
    arrivedAt: row.arrived_at === null ? null : instantOf(row.arrived_at as string | Date),
  }));
}
