import {
  forgetSignInFailure,
  holdSignInFailure,
  removeSignInFailuresBefore,
  saveSignInFailure,
  type SignInFailureRow,
  type Store,
} from '@mingjian/store';
import { hashOf } from './token';

/** When attempts have to wait. */
interface Patience {
  /** So many failures in a row are forgiven. */
  free: number;
  /** The wait after the next one, doubled with each further one. */
  firstMs: number;
  longestMs: number;
}

const ACCOUNT: Patience = { free: 4, firstMs: 30_000, longestMs: 3_600_000 };
/** Offices share an address: it is given more, and is locked for less. */
const ADDRESS: Patience = { free: 29, firstMs: 30_000, longestMs: 900_000 };
/** Failures are forgotten after a day without another. */
const FORGOTTEN_AFTER_MS = 86_400_000;

/** An attempt that has been counted as a failure before it is known, or that has to wait. */
export type Attempt = { isLocked: true; retryAt: number } | { isLocked: false; locksNext: boolean };

/**
 * Failed attempts to sign in make the next ones wait, longer and longer, by name and by address; a name that nobody has is
 * treated like one that somebody has. No account is locked for good: that would let anybody lock out everybody.
 *
 * Guarantees: attempts are counted before the password is looked at, so that many at one instant are not one; the counts
 * are in the store, so that several processes count together and a restart forgets nothing.
 * @see OWASP ASVS 5.0, V6.3.1
 */
export class Lockout {
  constructor(private readonly store: Store) {}

  /** Counts an attempt as failed until {@link succeeded} or {@link undecided} says otherwise. */
  attempt(name: string, address: string, now: number): Promise<Attempt> {
    return this.store.write(async (transaction) => {
      // In one order everywhere, so that two attempts wait for each other once.
      const account = await holdSignInFailure(transaction, accountSubject(name), now);
      const place = await holdSignInFailure(transaction, addressSubject(address), now);
      const retryAt = Math.max(account.lockedUntil ?? 0, place.lockedUntil ?? 0);
      if (retryAt > now) return { isLocked: true, retryAt };
      const counted = oneMore(account, ACCOUNT, now);
      await saveSignInFailure(transaction, counted);
      await saveSignInFailure(transaction, oneMore(place, ADDRESS, now));
      return { isLocked: false, locksNext: counted.lockedUntil !== null };
    });
  }

  /** The attempt was right: the name starts anew; of its address one failure less is known. */
  async succeeded(name: string, address: string, now: number): Promise<void> {
    await this.store.write(async (transaction) => {
      await forgetSignInFailure(transaction, accountSubject(name));
      const place = await holdSignInFailure(transaction, addressSubject(address), now);
      await saveSignInFailure(transaction, oneLess(place, ADDRESS));
    });
  }

  /** The attempt was neither right nor wrong: it is as if it had not been made. */
  async undecided(name: string, address: string, now: number): Promise<void> {
    await this.store.write(async (transaction) => {
      const account = await holdSignInFailure(transaction, accountSubject(name), now);
      await saveSignInFailure(transaction, oneLess(account, ACCOUNT));
      const place = await holdSignInFailure(transaction, addressSubject(address), now);
      await saveSignInFailure(transaction, oneLess(place, ADDRESS));
    });
  }

  /** Lets a name sign in at once again. */
  async unlock(name: string): Promise<void> {
    await this.store.write((transaction) => forgetSignInFailure(transaction, accountSubject(name)));
  }

  /** Removes what counts no more. */
  async tidy(now: number): Promise<void> {
    await this.store.write((transaction) =>
      removeSignInFailuresBefore(transaction, now - FORGOTTEN_AFTER_MS),
    );
  }
}

function accountSubject(name: string): string {
  return `account:${hashOf(name)}`;
}

function addressSubject(address: string): string {
  return `address:${hashOf(address)}`;
}

function oneMore(row: SignInFailureRow, patience: Patience, now: number): SignInFailureRow {
  const known = now - row.lastFailedAt >= FORGOTTEN_AFTER_MS ? 0 : row.failures;
  const failures = known + 1;
  return { ...row, failures, lastFailedAt: now, lockedUntil: lockedUntil(failures, patience, now) };
}

function oneLess(row: SignInFailureRow, patience: Patience): SignInFailureRow {
  const failures = Math.max(0, row.failures - 1);
  return { ...row, failures, lockedUntil: lockedUntil(failures, patience, row.lastFailedAt) };
}

function lockedUntil(failures: number, { free, firstMs, longestMs }: Patience, at: number): number | null {
  if (failures <= free) return null;
  return at + Math.min(longestMs, firstMs * 2 ** Math.min(20, failures - free - 1));
}
