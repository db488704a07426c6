import { instantText } from './hot/instant-text';
import { queryByKeys, upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SourceContactRow, SourceDayRow, SourceSlotRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SOURCE_CONTACT = new TableMap(SourceContactRow);
const SOURCE_SLOT = new TableMap(SourceSlotRow);
const SOURCE_DAY = new TableMap(SourceDayRow);

/** A sign of life as step events give it. */
export type EventContact = Pick<
  SourceContactRow,
  'source' | 'department' | 'lastReceivedAt' | 'lastOccurredAt'
>;

/** 报送时延: events by how long they took from when they happened to their receipt. */
export type ReceiptLags = Pick<
  SourceSlotRow,
  'source' | 'withinMinute' | 'withinHour' | 'withinDay' | 'later'
>;

/** Notes signs of life; an earlier instant than the one known changes nothing, so order plays no part. */
export async function noteContacts(
  transaction: StoreTransaction,
  contacts: readonly EventContact[],
): Promise<void> {
  const { greatest, incoming } = transaction.dialect;
  const later = (column: string): string => `${greatest}(${column}, ${incoming(column)})`;
  await upsertRows(transaction, SOURCE_CONTACT, bySource(contacts), {
    department: `COALESCE(department, ${incoming('department')})`,
    last_received_at: later('last_received_at'),
    last_occurred_at: later('last_occurred_at'),
    heartbeat_at: 'heartbeat_at',
    clock_offset_ms: 'clock_offset_ms',
    silent_since: 'silent_since',
  });
}

/** Notes a heartbeat, unless a later one is known. */
export async function noteHeartbeat(
  transaction: StoreTransaction,
  contact: EventContact & { heartbeatAt: number; clockOffsetMs: number },
): Promise<void> {
  await noteContacts(transaction, [contact]);
  await transaction.execute(
    'UPDATE source_contact SET clock_offset_ms = ?, heartbeat_at = ? ' +
      'WHERE source = ? AND (heartbeat_at IS NULL OR heartbeat_at <= ?)',
    [
      contact.clockOffsetMs,
      instantText(contact.heartbeatAt),
      contact.source,
      instantText(contact.heartbeatAt),
    ],
  );
}

/** Notes since when a source is silent, or that it is not. @returns false where another process noted it first. */
export async function noteSilence(
  transaction: StoreTransaction,
  source: string,
  since: number | null,
): Promise<boolean> {
  const changed = await transaction.execute(
    `UPDATE source_contact SET silent_since = ? WHERE source = ? AND silent_since IS ${since === null ? 'NOT NULL' : 'NULL'}`,
    [since === null ? null : instantText(since), source],
  );
  return changed > 0;
}

/** Every source ever heard of, by name. */
export async function listContacts(from: Queryable): Promise<SourceContactRow[]> {
  const rows = await from.query<object>('SELECT * FROM source_contact ORDER BY source');
  return rows.map((raw) => SOURCE_CONTACT.decode(raw));
}

/** Adds to what the sources sent in a quarter of an hour, and on a date. */
export async function countArrivals(
  transaction: StoreTransaction,
  slots: readonly SourceSlotRow[],
  days: readonly Pick<SourceDayRow, 'source' | 'date' | 'arrived'>[],
): Promise<void> {
  const { incoming } = transaction.dialect;
  const added = (columns: readonly string[]): Record<string, string> =>
    Object.fromEntries(columns.map((column) => [column, `${column} + ${incoming(column)}`]));
  await upsertRows(
    transaction,
    SOURCE_SLOT,
    bySource(slots),
    added(['signs', 'within_minute', 'within_hour', 'within_day', 'later']),
  );
  await upsertRows(transaction, SOURCE_DAY, bySource(days), {
    ...added(['arrived']),
    sent: 'sent',
    sent_at: 'sent_at',
  });
}

/** Notes how many events of some dates a source says it has sent; an earlier statement than the one known changes nothing. */
export async function noteSent(
  transaction: StoreTransaction,
  source: string,
  at: number,
  sent: readonly { date: string; events: number }[],
): Promise<void> {
  await upsertRows(
    transaction,
    SOURCE_DAY,
    sent.map(({ date }) => ({ source, date, arrived: 0 })),
    { arrived: 'arrived', sent: 'sent', sent_at: 'sent_at' },
  );
  for (const { date, events } of sent)
    await transaction.execute(
      'UPDATE source_day SET sent = ?, sent_at = ? WHERE source = ? AND date = ? AND (sent_at IS NULL OR sent_at <= ?)',
      [events, instantText(at), source, date, instantText(at)],
    );
}

/** What all sources sent since an instant, by quarter of an hour. */
export async function slotsSince(from: Queryable, since: number): Promise<SourceSlotRow[]> {
  const rows = await from.query<object>('SELECT * FROM source_slot WHERE slot >= ? ORDER BY source, slot', [
    instantText(since),
  ]);
  return rows.map((raw) => SOURCE_SLOT.decode(raw));
}

/** How long the events of each source were under way, of those received since an instant. */
export async function receiptLags(from: Queryable, since: number): Promise<ReceiptLags[]> {
  const rows = await from.query<Record<keyof ReceiptLags, string>>(
    'SELECT source, SUM(within_minute) AS withinMinute, SUM(within_hour) AS withinHour, ' +
      'SUM(within_day) AS withinDay, SUM(later) AS later FROM source_slot WHERE slot >= ? GROUP BY source',
    [instantText(since)],
  );
  return rows.map(({ source, withinMinute, withinHour, withinDay, later }) => ({
    source,
    withinMinute: Number(withinMinute),
    withinHour: Number(withinHour),
    withinDay: Number(withinDay),
    later: Number(later),
  }));
}

/** Arrived and sent by source and date, from a date on, newest first. */
export async function sourceDays(from: Queryable, since: string): Promise<SourceDayRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM source_day WHERE date >= ? ORDER BY date DESC, source',
    [since],
  );
  return rows.map((raw) => SOURCE_DAY.decode(raw));
}

/** Step events that arrived of each of some sources from a date on, `YYYY-MM-DD`, and on how many dates; left out: none. */
export async function arrivedSince(
  from: Queryable,
  sources: readonly string[],
  since: string,
): Promise<Map<string, { events: number; dates: number }>> {
  const rows = await queryByKeys<{ source: string; events: string; dates: string }>(
    from,
    'SELECT source, SUM(arrived) AS events, COUNT(*) AS dates FROM source_day ' +
      'WHERE arrived > 0 AND date >= ? AND source IN (?) GROUP BY source',
    sources,
    [since],
  );
  return new Map(
    rows.map(({ source, events, dates }) => [source, { events: Number(events), dates: Number(dates) }]),
  );
}

/** Forgets quarters of an hour before an instant: a rhythm of long ago says nothing about today. */
export async function forgetSlots(transaction: StoreTransaction, before: number): Promise<void> {
  await transaction.execute('DELETE FROM source_slot WHERE slot < ?', [instantText(before)]);
}

/** In one order everywhere: two transactions that write the same sources wait for each other once, not both ways. */
function bySource<Row extends { source: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));
}
