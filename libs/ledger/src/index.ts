/**
 * Ledger (留痕账本): hash-chained rows that an outsider can verify offline. Pure: no I/O, no wall clock.
 *
 * Terms: a *chain* is a sequence of rows, each with the hash of the one before; a *root* is a signed statement over the
 * heads of all chains. The format is written down in docs/ledger.md.
 */
export { canonicalText, wellFormed } from './canonical-text';
export { digestOf, LEDGER_ALGORITHMS, NO_HASH, type LedgerAlgorithm } from './digest';
export { hashOfRow, lineOfRow, rowOfLine, type LedgerRow } from './ledger-row';
export { personalDigest } from './personal-digest';
