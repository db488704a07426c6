import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits: not to be guessed, so a fast hash is enough to keep it. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Twenty letters and digits in groups, easy to read out: 99 random bits. */
export function newOneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const text = Array.from({ length: 20 }, () => letters[randomInt(letters.length)]!).join('');
  return text.replace(/.{5}(?=.)/g, '$&-');
}
