import { readFileSync } from 'node:fs';
import { openMysqlStore } from './open-mysql-store';
import { openStore } from './open-store';
import type { Store } from './store';

/** Where the rows are kept. */
export interface StoreSettings {
  /** Empty: the embedded store. */
  databaseUrl: string;
  databasePassword: string;
  /** File with the certificate authority of the server; empty: no TLS. */
  databaseCa: string;
}

/** Opens the store that the settings name: a server, or the embedded one in `file`. @throws as the two do */
export async function openAnyStore(settings: StoreSettings, file: string): Promise<Store> {
  const { databaseUrl, databasePassword, databaseCa } = settings;
  if (databaseUrl === '') return openStore({ file });
  const url = new URL(databaseUrl);
  if (databasePassword !== '') url.password = encodeURIComponent(databasePassword);
  return openMysqlStore({
    url: url.href,
    ...(databaseCa === '' ? {} : { tls: { ca: readFileSync(databaseCa, 'utf8') } }),
  });
}
