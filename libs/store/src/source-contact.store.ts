import { queryByKeys, replaceRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SourceContactRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SOURCE_CONTACT = new TableMap(SourceContactRow);

/** Notes signs of life; an earlier instant than the one known changes nothing, so order plays no part. */
export async function noteContacts(
  transaction: StoreTransaction,
  contacts: readonly SourceContactRow[],
): Promise<void> {
  const known = new Map(
    (
      await queryByKeys(
        transaction,
        'SELECT * FROM source_contact WHERE source IN (?)',
        contacts.map((contact) => contact.source),
      )
    )
      .map((raw) => SOURCE_CONTACT.decode(raw))
      .map((row) => [row.source, row]),
  );
  const changed = contacts.flatMap((contact) => {
    const other = known.get(contact.source);
    if (other === undefined) return [contact];
    const later: SourceContactRow = {
      source: contact.source,
      department: other.department ?? contact.department,
      lastReceivedAt: Math.max(other.lastReceivedAt, contact.lastReceivedAt),
      lastOccurredAt: Math.max(other.lastOccurredAt, contact.lastOccurredAt),
    };
    const isSame =
      later.lastReceivedAt === other.lastReceivedAt &&
      later.lastOccurredAt === other.lastOccurredAt &&
      later.department === other.department;
    return isSame ? [] : [later];
  });
  await replaceRows(transaction, SOURCE_CONTACT, changed);
}

/** Every source ever heard of, by name. */
export async function listContacts(from: Queryable): Promise<SourceContactRow[]> {
  const rows = await from.query<object>('SELECT * FROM source_contact ORDER BY source');
  return rows.map((raw) => SOURCE_CONTACT.decode(raw));
}
