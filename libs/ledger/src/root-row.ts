import { canonicalText } from './canonical-text';
import { rowTextOf, type LedgerRow } from './ledger-row';
import type { LedgerAlgorithm } from './digest';
import { signText, type SigningKey } from './signing';

/** The chain of the signed roots and of the keys that sign them. */
export const ROOT_CHAIN = 'roots';
/** A root was signed. */
export const ROOT_SIGNED = 'root.signed';
/** The first key of the site; a later key in place of an earlier one. */
export const KEY_ESTABLISHED = 'key.established';
export const KEY_ROTATED = 'key.rotated';

/** What a root says of one chain: where it ends, and which rows came since the root before. */
export interface RootOfChain {
  chain: string;
  alg: LedgerAlgorithm;
  /** First row since the root before; `last + 1` where there is none. */
  first: number;
  last: number;
  /** Hash of the row `last`. */
  head: string;
  /** Merkle root over the hashes of the rows first … last; null where there is none. */
  merkle: string | null;
}

/** A row of the chain of roots whose place is known and which is to be signed. */
export type UnsignedRow = Omit<LedgerRow, 'hash' | 'bodyText'> & { body: Readonly<Record<string, unknown>> };

/**
 * The text that is signed: the canonical row without `hash`, its body without `signature` and `previousSignature`.
 * So the signature covers place, instant and the hash of the row before as well as the statement itself.
 */
export function signedTextOf(row: UnsignedRow): string {
  const { body, ...rest } = row;
  const statement = { ...body, signature: undefined, previousSignature: undefined };
  return rowTextOf({ ...rest, bodyText: canonicalText(statement) });
}

/** The body of a root over the chains, in order of their names, signed. */
export function signedRoot(
  place: Omit<UnsignedRow, 'body' | 'kind'>,
  chains: readonly RootOfChain[],
  key: SigningKey,
): Record<string, unknown> {
  const body = { chains, key: key.id };
  return { ...body, signature: signText(signedTextOf({ ...place, kind: ROOT_SIGNED, body }), key) };
}

/** The body with which a key begins: signed by itself and, where there was one before, by that one too. */
export function signedKey(
  place: Omit<UnsignedRow, 'body' | 'kind'>,
  key: SigningKey,
  previous: SigningKey | null,
): Record<string, unknown> {
  const body: Record<string, unknown> = { key: key.id, publicKey: key.publicKey };
  if (previous !== null) body['previous'] = previous.id;
  const text = signedTextOf({ ...place, kind: previous === null ? KEY_ESTABLISHED : KEY_ROTATED, body });
  return {
    ...body,
    signature: signText(text, key),
    ...(previous === null ? {} : { previousSignature: signText(text, previous) }),
  };
}

/** What a root says of the chains; the shape is checked by comparing it with what was found. */
export function chainsOf(row: LedgerRow): RootOfChain[] {
  const { chains } = JSON.parse(row.bodyText) as { chains?: unknown };
  return Array.isArray(chains) ? (chains as RootOfChain[]) : [];
}

/** In words, how what a root says of the chains differs from what was found. */
export function differenceOf(said: readonly RootOfChain[], found: readonly RootOfChain[]): string {
  const byName = new Map(found.map((one) => [one.chain, one]));
  for (const one of said) {
    const other = byName.get(one.chain);
    if (other === undefined) return `the root knows a chain ${one.chain} that is missing`;
    if (one.last > other.last)
      return `the end of chain ${one.chain} is missing: rows ${other.last + 1} to ${one.last}`;
    if (canonicalText(one) !== canonicalText(other))
      return `the root says something else of chain ${one.chain}`;
  }
  return 'there are rows of which the root does not know';
}
