import { hash } from 'node:crypto';

/** SHA-256 (FIPS 180-4), or SM3 (GB/T 32905) where national cryptography is asked for; both have 256 bits. */
export const LEDGER_ALGORITHMS = ['sha256', 'sm3'] as const;
export type LedgerAlgorithm = (typeof LEDGER_ALGORITHMS)[number];

/** What stands in place of the previous hash in the first row of a chain. */
export const NO_HASH = '0'.repeat(64);

/** The digest of a text in UTF-8, or of bytes; hexadecimal, small letters. */
export function digestOf(algorithm: LedgerAlgorithm, content: string | Buffer): string {
  return hash(algorithm, content, 'hex');
}
