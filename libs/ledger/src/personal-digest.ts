import { digestOf, type LedgerAlgorithm } from './digest';

/**
 * What the ledger holds in place of a name, a telephone number or another personal value: a digest with a salt of its own.
 * Whoever has value and salt can prove that this value was meant; where both have been erased, nothing leads back.
 * @param salt at least 16 random bytes, hexadecimal, kept beside the value and erased with it.
 */
export function personalDigest(algorithm: LedgerAlgorithm, salt: string, value: string): string {
  if (!/^[0-9a-f]{32,}$/.test(salt)) throw new TypeError('a salt has 16 bytes or more, hexadecimal');
  return digestOf(algorithm, `${salt}:${value}`);
}
