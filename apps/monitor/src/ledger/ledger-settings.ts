import { join } from 'node:path';
import type { LedgerAlgorithm } from '@mingjian/ledger';
import type { Settings } from '@mingjian/runtime';

/** How a process signs the roots of the ledger. */
export interface LedgerSettings {
  /** File of the private key; empty: this process signs nothing. */
  keyFile: string;
  /** Hash of chains that are begun from now on. */
  algorithm: LedgerAlgorithm;
}

/** What tests, replays and processes without a data directory have: rows, and nobody who signs. */
export const LEDGER_UNSIGNED: LedgerSettings = { keyFile: '', algorithm: 'sha256' };

/** The ledger's part of the settings; the key lies in the data directory unless another file is named. */
export function ledgerSettingsOf(
  settings: Pick<Settings, 'ledgerKeyFile' | 'ledgerHash'>,
  dataDir: string,
): LedgerSettings {
  return {
    keyFile: settings.ledgerKeyFile === '' ? join(dataDir, 'ledger-key.pem') : settings.ledgerKeyFile,
    algorithm: settings.ledgerHash,
  };
}
