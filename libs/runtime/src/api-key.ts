import { createHash, randomBytes } from 'node:crypto';

const KEY = /mj_[A-Za-z0-9_-]{43}/;
const EVERY_KEY = new RegExp(KEY, 'g');

/** A new API key of a source (接口密钥): 256 random bits. Shown once, kept nowhere: its {@link apiKeyHash} is. */
export function newApiKey(): string {
  return `mj_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 of a key, hex. A fast hash is enough: 256 random bits cannot be guessed, unlike a password. */
export function apiKeyHash(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** Whether an API key stands in a text. */
export function isApiKey(text: string): boolean {
  return KEY.test(text);
}

/** The same text with every API key masked, wherever it stands: whoever pastes one into a wrong place has it repeated nowhere. */
export function withoutApiKeys(text: string): string {
  return text.replace(EVERY_KEY, 'mj_***');
}
