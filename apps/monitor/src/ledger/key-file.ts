import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import { newSigningKey, publicPemOf, signingKeyOf, type SigningKey } from '@mingjian/ledger';

/** The public key is written beside the private one, to be handed to the inspection office. */
export function publicKeyFileOf(file: string): string {
  return file.replace(/(\.pem)?$/, '.pub.pem');
}

/**
 * The key of a file; null where there is no file.
 * @throws BadInputError where the file is no Ed25519 key, or others than its owner can read it.
 */
export function readKeyFile(file: string): SigningKey | null {
  if (!existsSync(file)) return null;
  const problem = (expected: string, got: string, hint: string): BadInputError =>
    new BadInputError([{ place: file, field: '', expected, got, hint }]);
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw problem('a private key that only its owner can read', `mode ${mode.toString(8)}`, 'chmod 600 it');
  try {
    return signingKeyOf(readFileSync(file, 'utf8'));
  } catch {
    throw problem(
      'an Ed25519 private key (PKCS #8, PEM)',
      'something else',
      'put the key back from its backup; without it, rotate is not possible either',
    );
  }
}

/** Makes a key and its file, readable for the owner alone, and the file of the public key beside it. */
export function makeKeyFile(file: string): SigningKey {
  mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
  const { key, pem } = newSigningKey();
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  writePublicKey(file, key);
  return key;
}

/** Keeps a key that is to come beside the one in force, so that a crash loses neither. */
export function keepNextKey(file: string, pem: string): void {
  writeFileSync(nextKeyFileOf(file), pem, { mode: 0o600 });
}

/**
 * Puts the key that was kept into the place of the one in force, if it is the one with this id; the former is kept under
 * the name of its id.
 */
export function adoptNextKey(file: string, id: string): void {
  const next = readKeyFile(nextKeyFileOf(file));
  if (next?.id !== id) return;
  const former = readKeyFile(file);
  if (former !== null) renameSync(file, file.replace(/(\.pem)?$/, `.${former.id.slice(0, 16)}.pem`));
  renameSync(nextKeyFileOf(file), file);
  writePublicKey(file, next);
}

function nextKeyFileOf(file: string): string {
  return `${file}.next`;
}

function writePublicKey(file: string, key: SigningKey): void {
  writeFileSync(publicKeyFileOf(file), publicPemOf(key.publicKey), { mode: 0o644 });
}
