import { randomUUID } from 'node:crypto';
import {
  appendLedger,
  BESIDE_THE_SHARDS,
  endSession,
  endSessionsOf,
  findAccount,
  findSession,
  insertSession,
  removeSessionsBefore,
  sessionsOf,
  touchSession,
  type AccountRow,
  type Store,
  type StoreTransaction,
  type UserSessionRow,
} from '@mingjian/store';
import type { Clock } from '@mingjian/runtime';
import type { AccessSettings } from './access-settings';
import { act } from './acts';
import { hashOf, newToken } from './token';

/** A session is noted as used at most this often: reading a page is no reason to write. */
const TOUCH_EVERY_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** Where a request comes from. */
export interface Origin {
  address: string;
  device: string;
}

/** Somebody who is signed in. */
export interface SignedIn {
  session: UserSessionRow;
  account: AccountRow;
}

/**
 * Who is signed in where. A session is known by a random token that only the browser has; the store keeps its hash.
 * Sessions end after a time without a request, after a longer time in any case, and when somebody ends them.
 */
export class Sessions {
  /** Hashes of tokens that were good when they were last looked at. */
  private readonly good = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Pick<AccessSettings, 'sessionIdleMs' | 'sessionMs'>,
  ) {}

  /**
   * Begins a session in a transaction; one that the same browser had before ends.
   * @param providerSessionHash the session at the provider that it came from; null: none that is known.
   * @returns the token, told this once.
   */
  async begin(
    transaction: StoreTransaction,
    accountId: string,
    origin: Origin,
    formerTokenHash: string | null,
    providerSessionHash: string | null = null,
  ): Promise<{ token: string; session: UserSessionRow }> {
    if (formerTokenHash !== null) {
      const former = await findSession(transaction, formerTokenHash);
      if (former !== null) await endSession(transaction, former.accountId, former.id);
    }
    const token = newToken();
    const now = this.clock.now();
    const session: UserSessionRow = {
      tokenHash: hashOf(token),
      id: randomUUID(),
      accountId,
      createdAt: now,
      lastSeenAt: now,
      address: origin.address.slice(0, 64),
      device: origin.device.slice(0, 200),
      providerSessionHash,
    };
    await insertSession(transaction, session);
    return { token, session };
  }

  /** Who has this token; null where nobody has, the session is over, or the account is disabled. Notes the use of it. */
  async find(token: string): Promise<SignedIn | null> {
    const tokenHash = hashOf(token);
    const session = await findSession(this.store, tokenHash);
    const now = this.clock.now();
    const account =
      session !== null && this.isAlive(session, now)
        ? await findAccount(this.store, session.accountId)
        : null;
    if (session === null || account === null || account.isDisabled) {
      this.good.delete(tokenHash);
      return null;
    }
    if (this.good.size >= MOST_REMEMBERED) this.good.clear();
    this.good.add(tokenHash);
    if (now - session.lastSeenAt >= TOUCH_EVERY_MS)
      await this.store.write(
        (transaction) => touchSession(transaction, session.tokenHash, now),
        BESIDE_THE_SHARDS,
      );
    return { session, account };
  }

  /** Whether a token was good when it was last used: enough for bounds of pace, never for a right. Asks nobody. */
  wasGood(token: string): boolean {
    return this.good.has(hashOf(token));
  }

  /** Whether a session still is one; for connections that stay open. This is no use of it. */
  async isOpen(tokenHash: string): Promise<boolean> {
    const session = await findSession(this.store, tokenHash);
    if (session === null || !this.isAlive(session, this.clock.now())) return false;
    const account = await findAccount(this.store, session.accountId);
    return account !== null && !account.isDisabled;
  }

  /** When a session ends by itself if it is not used again. */
  endsAt(session: UserSessionRow): number {
    return Math.min(
      session.createdAt + this.settings.sessionMs,
      session.lastSeenAt + this.settings.sessionIdleMs,
    );
  }

  /** The sessions of an account that are open, the latest in use first. */
  async of(accountId: string): Promise<UserSessionRow[]> {
    const now = this.clock.now();
    return (await sessionsOf(this.store, accountId)).filter((session) => this.isAlive(session, now));
  }

  /** Signs out of one device. @returns whether there was such a session. */
  end(accountId: string, id: string): Promise<boolean> {
    return this.store.write(async (transaction) => {
      const ended = await endSession(transaction, accountId, id);
      if (ended)
        await appendLedger(transaction, [
          act('account.signed-out', this.clock.now(), accountId, accountId, { session: id }),
        ]);
      return ended;
    });
  }

  /** Signs out everywhere. @returns of how many devices. */
  endAll(accountId: string, actor: string): Promise<number> {
    return this.store.write(async (transaction) => {
      const ended = await endSessionsOf(transaction, accountId);
      await appendLedger(transaction, [
        act('account.signed-out-everywhere', this.clock.now(), actor, accountId, { sessions: ended }),
      ]);
      return ended;
    });
  }

  /** Removes what is over. */
  async tidy(): Promise<void> {
    const now = this.clock.now();
    const { sessionMs, sessionIdleMs } = this.settings;
    await this.store.write((transaction) =>
      removeSessionsBefore(transaction, now - sessionMs, now - sessionIdleMs),
    );
  }

  private isAlive({ createdAt, lastSeenAt }: UserSessionRow, now: number): boolean {
    const { sessionMs, sessionIdleMs } = this.settings;
    return now - createdAt < sessionMs && now - lastSeenAt < sessionIdleMs;
  }
}
