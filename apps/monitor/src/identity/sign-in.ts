import {
  appendLedger,
  findAccountByName,
  findSession,
  instantText,
  type AccountRow,
  type Store,
  type StoreTransaction,
  type UserSessionRow,
} from '@mingjian/store';
import type { Clock, Logger, SealingKeys } from '@mingjian/runtime';
import { accountNameForm } from './account';
import { act } from './acts';
import type { Lockout } from './lockout';
import type { PasswordHasher } from './password-hash';
import { takeSecondFactor } from './take-second-factor';
import type { Origin, Sessions } from './sessions';
import { hashOf } from './token';

/** What somebody gives to sign in. */
export interface Credentials {
  name: string;
  password: string;
  /** Of the second factor, or a recovery code; where the account has one. */
  code?: string | undefined;
}

export type SignInOutcome =
  | { ok: true; token: string; session: UserSessionRow; account: AccountRow }
  | { ok: false; reason: 'wrong' | 'second-factor-required' }
  | { ok: false; reason: 'locked'; retryAt: number };

/** What signing in works with. */
export interface SignInParts {
  store: Store;
  clock: Clock;
  logger: Logger;
  hasher: PasswordHasher;
  lockout: Lockout;
  sessions: Sessions;
  keys: SealingKeys | null;
}

/**
 * Signs somebody in: password first, then the second factor where there is one. Name and password that do not fit, an
 * account that nobody has, one that is disabled, and a code that is wrong have one answer.
 * @throws TooBusy where too many do so at once.
 */
export class SignIn {
  constructor(private readonly parts: SignInParts) {}

  async run(given: Credentials, origin: Origin, formerToken: string | null): Promise<SignInOutcome> {
    const { store, clock, lockout, hasher, logger } = this.parts;
    const name = accountNameForm(given.name);
    const now = clock.now();
    const attempt = await lockout.attempt(name, origin.address, now);
    if (attempt.isLocked) {
      logger.warn({ address: origin.address }, 'An attempt to sign in came before its time.');
      return { ok: false, reason: 'locked', retryAt: attempt.retryAt };
    }
    const account = await findAccountByName(store, name);
    const isRight = await hasher.matches(account?.passwordHash ?? null, given.password);
    if (account === null || !isRight || account.isDisabled || isOver(account, now))
      return this.failed(account, origin, attempt.locksNext);
    if (account.isTotpConfirmed && given.code === undefined) {
      await lockout.undecided(name, origin.address, now);
      return { ok: false, reason: 'second-factor-required' };
    }
    const begun = await store.write((transaction) =>
      this.begin(transaction, account, given.code, origin, formerToken),
    );
    if (begun === null) return this.failed(account, origin, attempt.locksNext);
    await lockout.succeeded(name, origin.address, now);
    logger.info({ account: account.id, address: origin.address }, 'Somebody signed in.');
    return { ok: true, ...begun, account };
  }

  /** Ends the session of a token. Does nothing where there is none. */
  async signOut(token: string): Promise<void> {
    const session = await findSession(this.parts.store, hashOf(token));
    if (session === null) return;
    await this.parts.sessions.end(session.accountId, session.id);
    this.parts.logger.info({ account: session.accountId }, 'Somebody signed out.');
  }

  private async begin(
    transaction: StoreTransaction,
    account: AccountRow,
    code: string | undefined,
    origin: Origin,
    formerToken: string | null,
  ): Promise<{ token: string; session: UserSessionRow } | null> {
    const now = this.parts.clock.now();
    const factor = account.isTotpConfirmed
      ? await takeSecondFactor(transaction, account, code ?? '', now, this.parts.keys)
      : 'none';
    if (factor === 'wrong') return null;
    await transaction.execute('UPDATE account SET last_signed_in_at = ? WHERE id = ?', [
      instantText(now),
      account.id,
    ]);
    const begun = await this.parts.sessions.begin(
      transaction,
      account.id,
      origin,
      formerToken === null ? null : hashOf(formerToken),
    );
    await appendLedger(transaction, [
      ...(factor === 'recovery-code' ? [act('account.recovery-code-used', now, account.id, account.id)] : []),
      act('account.signed-in', now, account.id, account.id, {
        session: begun.session.id,
        secondFactor: factor,
      }),
    ]);
    return begun;
  }

  private async failed(account: AccountRow | null, origin: Origin, locks: boolean): Promise<SignInOutcome> {
    const { store, clock, logger } = this.parts;
    logger.warn({ account: account?.id ?? null, address: origin.address }, 'An attempt to sign in failed.');
    if (locks && account !== null)
      await store.write((transaction) =>
        appendLedger(transaction, [act('account.locked', clock.now(), null, account.id)]),
      );
    return { ok: false, reason: 'wrong' };
  }
}

function isOver({ passwordState, oneTimeUntil }: AccountRow, now: number): boolean {
  return passwordState === 'one-time' && oneTimeUntil !== null && now >= oneTimeUntil;
}
