import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SourceContactRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SOURCE_CONTACT = new TableMap(SourceContactRow);

/** Notes signs of life; an earlier instant than the one known changes nothing, so order plays no part. */
export async function noteContacts(
  transaction: StoreTransaction,
  contacts: readonly SourceContactRow[],
): Promise<void> {
  const { greatest, incoming } = transaction.dialect;
  const later = (column: string): string => `${greatest}(${column}, ${incoming(column)})`;
  await upsertRows(
    transaction,
    SOURCE_CONTACT,
    // In one order everywhere: two transactions that write the same sources wait for each other once, not both ways.
    [...contacts].sort((a, b) => (a.source < b.source ? -1 : 1)),
    {
      department: `COALESCE(department, ${incoming('department')})`,
      last_received_at: later('last_received_at'),
      last_occurred_at: later('last_occurred_at'),
    },
  );
}

/** Every source ever heard of, by name. */
export async function listContacts(from: Queryable): Promise<SourceContactRow[]> {
  const rows = await from.query<object>('SELECT * FROM source_contact ORDER BY source');
  return rows.map((raw) => SOURCE_CONTACT.decode(raw));
}
