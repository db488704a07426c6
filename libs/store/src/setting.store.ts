import { SettingRow } from './rows';
import type { Store, StoreTransaction } from './store';

/** A remembered value; null where it was never set. */
export async function loadSetting(store: Store, name: string): Promise<string | null> {
  return (await store.reader.getRepository(SettingRow).findOneBy({ name }))?.value ?? null;
}

/** Remembers a value. */
export async function saveSetting(transaction: StoreTransaction, name: string, value: string): Promise<void> {
  const { affected } = await transaction.manager.update(SettingRow, { name }, { value });
  if (affected === 0) await transaction.manager.insert(SettingRow, { name, value });
}
