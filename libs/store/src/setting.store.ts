import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SettingRow } from './rows';
import type { Store, StoreTransaction } from './store';

const SETTING = new TableMap(SettingRow);

/** A remembered value; null where it was never set. */
export async function loadSetting(store: Store, name: string): Promise<string | null> {
  return (await store.reader.getRepository(SettingRow).findOneBy({ name }))?.value ?? null;
}

/** Remembers a value. */
export async function saveSetting(transaction: StoreTransaction, name: string, value: string): Promise<void> {
  await saveSettings(transaction, [{ name, value }]);
}

/** Remembers values; in one order everywhere, so that two transactions wait for each other once, not both ways. */
export async function saveSettings(
  transaction: StoreTransaction,
  settings: readonly { name: string; value: string }[],
): Promise<void> {
  await upsertRows(
    transaction,
    SETTING,
    [...settings].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}
