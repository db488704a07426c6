/**
 * Ledger (留痕账本): hash-chained rows that an outsider can verify offline. Pure: no I/O, no wall clock.
 *
 * Terms: a *chain* is a sequence of rows, each with the hash of the one before; a *root* is a signed statement over the
 * heads of all chains; an *export* is a part of the ledger between two roots. docs/ledger.md writes the format down.
 */
export { canonicalText, wellFormed } from './canonical-text';
export { ChainCheck, type ChainHead } from './chain-check';
export { digestOf, LEDGER_ALGORITHMS, NO_HASH, type LedgerAlgorithm } from './digest';
export { EXPORT_FORMAT, ExportWriter } from './export-format';
export { hashOfRow, lineOfRow, rowOfLine, type LedgerRow } from './ledger-row';
export { LedgerVerifier, type LedgerProblem, type LedgerReport } from './ledger-verifier';
export { merklePath, MerkleTree, rootOfPath } from './merkle';
export { personalDigest } from './personal-digest';
export {
  chainsOf,
  KEY_ESTABLISHED,
  KEY_ROTATED,
  ROOT_CHAIN,
  ROOT_SIGNED,
  signedKey,
  signedRoot,
  type RootOfChain,
} from './root-row';
export { keyIdFrom, newSigningKey, publicPemOf, signingKeyOf, type SigningKey } from './signing';
export {
  PROOF_FORMAT,
  proofOf,
  verifyProof,
  type LedgerProof,
  type ProofReport,
  type RowProof,
} from './row-proof';
