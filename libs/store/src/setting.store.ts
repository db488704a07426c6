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

/** A value that is made once for the store and never changed. @returns the one that holds, whoever made it. */
export async function rememberOnce(
  transaction: StoreTransaction,
  name: string,
  make: () => string,
): Promise<string> {
  const held = async (): Promise<string | undefined> =>
    (await transaction.query<{ value: string }>('SELECT value FROM setting WHERE name = ?', [name]))[0]
      ?.value;
  const before = await held();
  if (before !== undefined) return before;
  await transaction.execute(`${transaction.dialect.insertIgnore} setting (name, value) VALUES (?, ?)`, [
    name,
    make(),
  ]);
  return (await held())!;
}

/** Writes a sealed value that was sealed anew. @returns how many were: 0 where there is none, or it stands under the newest key. */
export async function resealSetting(
  transaction: StoreTransaction,
  name: string,
  sealAnew: (sealed: string) => string | null,
): Promise<number> {
  const [held] = await transaction.query<{ value: string }>('SELECT value FROM setting WHERE name = ?', [
    name,
  ]);
  const anew = held === undefined ? null : sealAnew(held.value);
  if (anew === null) return 0;
  await transaction.execute('UPDATE setting SET value = ? WHERE name = ?', [anew, name]);
  return 1;
}
