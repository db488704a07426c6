import { readFileSync } from 'node:fs';
import { BadInputError } from '@mingjian/contracts';
import { withoutCredentials } from '@mingjian/runtime';
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
  const url = addressOf(databaseUrl);
  if (databasePassword !== '') url.password = encodeURIComponent(databasePassword);
  return openMysqlStore({
    url: url.href,
    ...(databaseCa === '' ? {} : { tls: { ca: readFileSync(databaseCa, 'utf8') } }),
  });
}

/** An address that cannot be read is told without its password. */
function addressOf(databaseUrl: string): URL {
  if (URL.canParse(databaseUrl)) return new URL(databaseUrl);
  throw new BadInputError([
    {
      place: 'settings',
      field: 'MINGJIAN_DATABASE_URL',
      expected: 'mariadb://user@host:port/database',
      got: withoutCredentials(databaseUrl),
      hint: 'write # / ? @ and % in a password as %23 %2F %3F %40 and %25, or give it by MINGJIAN_DATABASE_PASSWORD_FILE',
    },
  ]);
}
