import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** An Ed25519 key (RFC 8032) with which roots are signed. */
export interface SigningKey {
  /** SHA-256 over the public key (SubjectPublicKeyInfo, DER): what people compare. */
  id: string;
  /** The public key, SubjectPublicKeyInfo, DER, base64. */
  publicKey: string;
  privateKey: KeyObject;
}

/** A new key with the text of its file (PKCS #8, PEM). */
export function newSigningKey(): { key: SigningKey; pem: string } {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { key: signingKeyOf(pem), pem };
}

/** Reads a private key. @throws where the text is no Ed25519 key in PEM. */
export function signingKeyOf(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = derOf(createPublicKey(privateKey));
  return { id: keyIdOf(publicKey), publicKey, privateKey };
}

/**
 * The id of a public key: of one in PEM, of one in base64 as the ledger has it, or of an id itself.
 * @throws where it is none of the three.
 */
export function keyIdFrom(text: string): string {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/.test(trimmed)) return trimmed;
  if (trimmed.startsWith('-----')) return keyIdOf(derOf(createPublicKey(trimmed)));
  return keyIdOf(derOf(publicKeyOf(trimmed)));
}

/** The public key in PEM, to be handed over. */
export function publicPemOf(publicKey: string): string {
  return publicKeyOf(publicKey).export({ type: 'spki', format: 'pem' }) as string;
}

export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

/** Signs a text in UTF-8; base64. */
export function signText(text: string, key: SigningKey): string {
  return sign(null, Buffer.from(text, 'utf8'), key.privateKey).toString('base64');
}

/** Whether a signature is that of the key over the text; false for what is no key or no signature. */
export function isSignedBy(text: string, signature: unknown, publicKey: string): boolean {
  if (typeof signature !== 'string') return false;
  const bytes = Buffer.from(signature, 'base64');
  // One signature has one writing: otherwise the row could be written in two ways.
  if (bytes.toString('base64') !== signature) return false;
  try {
    return verify(null, Buffer.from(text, 'utf8'), publicKeyOf(publicKey), bytes);
  } catch {
    return false;
  }
}

function publicKeyOf(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the key is not an Ed25519 key');
  return key;
}

function derOf(key: KeyObject): string {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the key is not an Ed25519 key');
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
