import {
  KEY_ESTABLISHED,
  KEY_ROTATED,
  newSigningKey,
  ROOT_CHAIN,
  signedKey,
  type LedgerAlgorithm,
  type LedgerRow,
  type SigningKey,
} from '@mingjian/ledger';
import {
  appendLedger,
  holdLedgerHead,
  ledgerRowsOfKinds,
  type LedgerHeadRow,
  type Queryable,
  type Store,
} from '@mingjian/store';
import { adoptNextKey, keepNextKey, makeKeyFile, readKeyFile } from './key-file';

/** What the rows of the chain of roots are about. */
export const LEDGER_SUBJECT = 'ledger';

/** The rows in which the keys of the site began, the first one first. */
export function keyRows(from: Queryable): Promise<LedgerRow[]> {
  return ledgerRowsOfKinds(from, ROOT_CHAIN, [KEY_ESTABLISHED, KEY_ROTATED]);
}

/** Id of the key in force; null before the first. */
export async function keyInForce(from: Queryable): Promise<string | null> {
  const rows = await keyRows(from);
  const last = rows[rows.length - 1];
  return last === undefined ? null : (JSON.parse(last.bodyText) as { key: string }).key;
}

/**
 * The key to sign with. The first process of a site makes it, with its file, and says so in the ledger; a process whose
 * file is missing or another one cannot sign.
 * @returns null where this process cannot sign. @throws BadInputError where the file cannot be used.
 */
export async function openSigningKey(
  store: Store,
  file: string,
  algorithm: LedgerAlgorithm,
  now: number,
): Promise<SigningKey | null> {
  let inForce = await keyInForce(store);
  inForce ??= await store.write(async (transaction) => {
    const head = await holdLedgerHead(transaction, ROOT_CHAIN, algorithm);
    // Another process may have been quicker.
    const other = await keyInForce(transaction);
    if (other !== null) return other;
    const key = readKeyFile(file) ?? makeKeyFile(file);
    const body = signedKey({ ...placeAfter(head), at: now }, key, null);
    await appendLedger(transaction, [
      { chain: ROOT_CHAIN, kind: KEY_ESTABLISHED, at: now, actor: null, subject: LEDGER_SUBJECT, body },
    ]);
    return key.id;
  });
  // A rotation that was committed and then interrupted.
  adoptNextKey(file, inForce);
  const key = readKeyFile(file);
  return key?.id === inForce ? key : null;
}

/** Puts a new key in the place of the one in force; both sign that. */
export async function rotateKey(
  store: Store,
  file: string,
  previous: SigningKey,
  actor: string,
  now: number,
): Promise<SigningKey> {
  const next = newSigningKey();
  keepNextKey(file, next.pem);
  await store.write(async (transaction) => {
    const head = await holdLedgerHead(transaction, ROOT_CHAIN);
    const body = signedKey({ ...placeAfter(head), at: now, actor }, next.key, previous);
    await appendLedger(transaction, [
      { chain: ROOT_CHAIN, kind: KEY_ROTATED, at: now, actor, subject: LEDGER_SUBJECT, body },
    ]);
  });
  adoptNextKey(file, next.key.id);
  return next.key;
}

/** The place of the row that comes after the end of the chain of roots. */
export function placeAfter(head: LedgerHeadRow): {
  chain: string;
  seq: number;
  alg: LedgerAlgorithm;
  actor: null;
  subject: string;
  prev: string;
} {
  return {
    chain: head.chain,
    seq: head.seq + 1,
    alg: head.algorithm,
    actor: null,
    subject: LEDGER_SUBJECT,
    prev: head.hash,
  };
}
