import { existsSync } from 'node:fs';
import type { ProcessSettings } from '@mingjian/log';
import { SealingKeys } from '@mingjian/runtime';
import { readKeyFile } from '../../../monitor/src/ledger/key-file';
import { keyInForce } from '../../../monitor/src/ledger/ledger-keys';
import { ledgerSettingsOf } from '../../../monitor/src/ledger/ledger-settings';
import type { DataDir } from '../daemon/data-dir';
import { check, Unwell, type Check } from './check';
import { readRows } from './reader';

/** The key that signs the ledger, and those of what is encrypted in the store. */
export function keys(process: ProcessSettings, dir: DataDir): Promise<Check[]> {
  const { settings } = process;
  const { keyFile } = ledgerSettingsOf(settings, dir.dir);
  const sealing = settings.sealingKeys === '' ? dir.sealingKeys : settings.sealingKeys;
  return Promise.all([
    check('ledger key', 'put the file back from its backup, readable for its owner only', async () => {
      const key = readKeyFile(keyFile);
      const inForce = await readRows(process, dir, 'ledger_entry', keyInForce);
      if (inForce === null) return key === null ? `${keyFile}: the first start makes it` : keyFile;
      const advice = `copy the file of key ${inForce.slice(0, 16)}… here, from another monitor or a backup`;
      if (key === null) throw new Unwell(`${keyFile} is missing: this process signs nothing`, advice);
      if (key.id !== inForce) throw new Unwell(`${keyFile} is not the key in force`, advice);
      return `${keyFile}, in force`;
    }),
    check('sealing keys', 'put the file back from its backup, readable for its owner only', async () => {
      if (existsSync(sealing)) {
        SealingKeys.open(sealing);
        return sealing;
      }
      const sealed = await readRows(process, dir, 'account', async (from) => {
        const [row] = await from.query<{ n: number | string }>(
          'SELECT COUNT(*) AS n FROM account WHERE totp_sealed IS NOT NULL',
        );
        return Number(row?.n ?? 0);
      });
      if ((sealed ?? 0) > 0)
        throw new Unwell(
          `${sealing} is missing: ${sealed} accounts cannot sign in with their second factor`,
          'put the file back from its backup or from another process of the site',
        );
      return `${sealing}: made when it is first needed`;
    }),
  ]);
}
