import type { LedgerRow } from './ledger-row';
import { KEY_ESTABLISHED, KEY_ROTATED, signedTextOf } from './root-row';
import { isSignedBy, keyIdOf } from './signing';

/** Keys in the order in which they came into force, each vouched for by the one before. */
export class KeyHistory {
  private readonly known: { id: string; publicKey: string }[] = [];

  /** The key in force; undefined before the first. */
  get current(): { id: string; publicKey: string } | undefined {
    return this.known[this.known.length - 1];
  }

  /** Ids of all keys, the first one first. */
  get ids(): string[] {
    return this.known.map(({ id }) => id);
  }

  /** Takes a row in which a key begins. @returns what is wrong with it, or null. */
  apply(row: LedgerRow): string | null {
    const body = JSON.parse(row.bodyText) as Record<string, unknown>;
    const { key, publicKey, previous, previousSignature } = body;
    if (typeof publicKey !== 'string' || key !== keyIdOf(publicKey)) return 'the key does not fit to its id';
    const text = signedTextOf({ ...row, body });
    if (!isSignedBy(text, body['signature'], publicKey)) return 'the new key has not signed';
    const before = this.current;
    if (row.kind === KEY_ESTABLISHED) {
      if (before !== undefined) return 'a second first key';
    } else if (row.kind === KEY_ROTATED) {
      if (before === undefined || previous !== before.id) return 'the key before is not the one in force';
      if (!isSignedBy(text, previousSignature, before.publicKey)) return 'the key before has not signed';
    } else return `a ${row.kind} begins no key`;
    this.known.push({ id: keyIdOf(publicKey), publicKey });
    return null;
  }

  /** Whether the key in force has signed the row. */
  hasSigned(row: LedgerRow): boolean {
    const body = JSON.parse(row.bodyText) as Record<string, unknown>;
    const { current } = this;
    return (
      current !== undefined &&
      body['key'] === current.id &&
      isSignedBy(signedTextOf({ ...row, body }), body['signature'], current.publicKey)
    );
  }
}
