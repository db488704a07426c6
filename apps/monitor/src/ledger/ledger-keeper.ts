import type { LedgerAlgorithm, LedgerRow, SigningKey } from '@mingjian/ledger';
import { chainsOf, ROOT_CHAIN, ROOT_SIGNED } from '@mingjian/ledger';
import type { Clock, Logger } from '@mingjian/runtime';
import { lastLedgerRow, type Store } from '@mingjian/store';
import { Gauge, type Registry } from 'prom-client';
import { openSigningKey } from './ledger-keys';
import { LedgerBrokenError, signRoot } from './sign-root';

export interface LedgerPorts {
  store: Store;
  clock: Clock;
  registry: Registry;
  logger: Logger;
  /** File of the private key; empty: this process signs nothing. */
  keyFile: string;
  algorithm: LedgerAlgorithm;
  /** The local midnight at or before an instant, in the zone of the site. */
  startOfDay: (instant: number) => number;
}

/**
 * Signs the root of each day. Rows are held against their hashes before they are signed: what somebody changed in the
 * tables is found a day later at most, logged as an error, and shown by `mingjian_ledger_intact`.
 */
export class LedgerKeeper {
  private readonly signedAt: Gauge;
  private readonly intact: Gauge;
  private complaint = '';

  constructor(private readonly ports: LedgerPorts) {
    const registers = [ports.registry];
    this.signedAt = new Gauge({
      name: 'mingjian_ledger_root_timestamp_seconds',
      help: 'When the last root over the ledger was signed; 0 before the first',
      registers,
    });
    this.intact = new Gauge({
      name: 'mingjian_ledger_intact',
      help: '0 where a row of the ledger was found that is not what was written; then nothing more is signed',
      registers,
    });
    this.intact.set(1);
  }

  /** The key of this process, made on the first start of a site; null where it cannot sign. Never rejects. */
  async open(): Promise<SigningKey | null> {
    const { store, keyFile, algorithm, clock, logger } = this.ports;
    if (keyFile === '') return null;
    try {
      const key = await openSigningKey(store, keyFile, algorithm, clock.now());
      if (key === null)
        this.complain(
          new Error(`${keyFile} does not hold the key in force: copy it from the host that made it`),
          'This process cannot sign the roots of the ledger.',
        );
      return key;
    } catch (error) {
      logger.error({ err: error }, 'The key of the ledger cannot be used.');
      return null;
    }
  }

  /** Signs a root where the last one is of an earlier day. Never rejects. @returns the new root; null: none was due. */
  async runOnce(): Promise<LedgerRow | null> {
    const { store, clock, logger, startOfDay } = this.ports;
    try {
      const now = clock.now();
      const last = await lastLedgerRow(store, ROOT_CHAIN, ROOT_SIGNED);
      if (last !== null) this.signedAt.set(last.at / 1000);
      if (last !== null && last.at >= startOfDay(now)) return null;
      const key = await this.open();
      if (key === null) return null;
      const row = await signRoot(store, key, now);
      if (row === null) return null;
      this.signedAt.set(row.at / 1000);
      this.intact.set(1);
      this.complaint = '';
      logger.info({ chains: chainsOf(row).length, root: row.hash }, 'The root of the ledger was signed.');
      return row;
    } catch (error) {
      if (error instanceof LedgerBrokenError) this.intact.set(0);
      this.complain(error, 'The root of the ledger could not be signed.');
      return null;
    }
  }

  /** The same complaint once. */
  private complain(error: unknown, text: string): void {
    const complaint = error instanceof Error ? error.message : String(error);
    if (complaint === this.complaint) return;
    this.complaint = complaint;
    this.ports.logger.error({ err: error }, text);
  }
}
