import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Settings } from '@mingjian/runtime';
import { ledgerSettingsOf } from '../../../monitor/src/ledger/ledger-settings';
import type { DataDir } from '../daemon/data-dir';
import { KEYS } from './backup-manifest';

/** A file outside the databases: where it is kept, and its name in a backup. */
export interface KeptFile {
  path: string;
  name: string;
}

type KeySettings = Pick<Settings, 'ledgerKeyFile' | 'ledgerHash' | 'sealingKeys'>;

/** The files with keys and sources that a site has. */
export function keptFilesOf(settings: KeySettings, dir: DataDir): KeptFile[] {
  const { ledgerKey, sealingKeys } = keyPaths(settings, dir);
  const folder = dirname(ledgerKey);
  const stem = basename(ledgerKey).replace(/(\.pem)?$/, '');
  // Former keys, the next one and the public one bear the name of the key with something behind it.
  const ledger = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(stem) && name.endsWith('.pem'))
    : [];
  return [
    { path: dir.sources, name: basename(dir.sources) },
    ...ledger.sort().map((name) => ({ path: join(folder, name), name: `${KEYS}/${name}` })),
    { path: sealingKeys, name: `${KEYS}/${basename(sealingKeys)}` },
  ].filter(({ path }) => existsSync(path));
}

/** Where a file of a backup belongs on this site. */
export function placeOf(name: string, settings: KeySettings, dir: DataDir): string {
  const { ledgerKey, sealingKeys } = keyPaths(settings, dir);
  if (!name.startsWith(`${KEYS}/`)) return join(dir.dir, name);
  const file = basename(name);
  return file === basename(sealingKeys) ? sealingKeys : join(dirname(ledgerKey), file);
}

function keyPaths(settings: KeySettings, dir: DataDir): { ledgerKey: string; sealingKeys: string } {
  const { keyFile } = ledgerSettingsOf(settings, dir.dir);
  return {
    ledgerKey: keyFile,
    sealingKeys: settings.sealingKeys === '' ? dir.sealingKeys : settings.sealingKeys,
  };
}
