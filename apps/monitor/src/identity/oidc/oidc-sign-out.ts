import {
  appendLedger,
  BESIDE_THE_SHARDS,
  endSession,
  findIdentity,
  removeOidcSignOutsBefore,
  sessionsOf,
  sessionsOfProvider,
  takeOidcSignOut,
  type Queryable,
  type UserSessionRow,
} from '@mingjian/store';
import { act } from '../acts';
import { hashOf } from '../token';
import { CLOCK_TOLERANCE_SECONDS } from './clock-tolerance';
import { TOKEN_FOR_SECONDS, type LogoutToken } from './logout-token';
import type { OidcParts } from './oidc-sign-in';
import type { OidcProvider } from './provider';
import { identityHashOf, providerSessionHashOf } from './provider-account';
import { OidcTrouble } from './trouble';

/** How long a used token is remembered: longer than it can be taken, by whichever of two clocks. */
const REMEMBERED_MS = (TOKEN_FOR_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS) * 1000;

/** Whether the provider's word was taken, and how many sessions it ended. */
export type SignOutOutcome = { ok: true; sessions: number } | { ok: false };

/**
 * Ends sessions because the provider says that somebody is signed out there.
 * Guarantees: a token is good once, on whichever monitor of the site; what it ends stands on the ledger in the same
 * transaction. Whoever is not signed in here is signed out: that is no failure.
 * @see OpenID Connect Back-Channel Logout 1.0, section 2.7
 */
export class OidcSignOut {
  constructor(
    private readonly parts: Pick<OidcParts, 'store' | 'clock' | 'logger'>,
    private readonly provider: OidcProvider,
  ) {}

  /** @param given what was sent as `logout_token`. @param address where it came from, for the log. */
  async run(given: string, address: string): Promise<SignOutOutcome> {
    try {
      const token = await this.provider.readLogoutToken(given);
      const sessions = await this.end(token);
      this.parts.logger.info({ sessions, address }, 'The provider signed somebody out.');
      return { ok: true, sessions };
    } catch (error) {
      if (!(error instanceof OidcTrouble)) throw error;
      const { reason, detail } = error;
      this.parts.logger.warn({ reason, detail, address }, 'A sign-out by the provider was refused.');
      return { ok: false };
    }
  }

  /** Forgets tokens that are too old to be taken anyway. */
  async tidy(): Promise<void> {
    const { store, clock } = this.parts;
    await store.write(
      (transaction) => removeOidcSignOutsBefore(transaction, clock.now() - REMEMBERED_MS),
      BESIDE_THE_SHARDS,
    );
  }

  private end(token: LogoutToken): Promise<number> {
    const { store, clock } = this.parts;
    const tokenHash = hashOf(JSON.stringify([token.iss, token.jti]));
    return store.write(async (transaction) => {
      const now = clock.now();
      if (!(await takeOidcSignOut(transaction, { tokenHash, receivedAt: now })))
        throw new OidcTrouble('not-proved', 'a token of sign-out that was used already');
      let ended = 0;
      for (const { accountId, id } of await sessionsMeant(transaction, token)) {
        if (!(await endSession(transaction, accountId, id))) continue;
        await appendLedger(transaction, [
          act('account.signed-out', now, null, accountId, { session: id, by: 'provider' }),
        ]);
        ended++;
      }
      return ended;
    }, BESIDE_THE_SHARDS);
  }
}

/**
 * What a token means to end: the sessions that came from the one it names, or all of its subject. Of a subject also those of
 * which the provider did not say what they came from when they began: it may be this one.
 */
async function sessionsMeant(from: Queryable, { iss, sid, sub }: LogoutToken): Promise<UserSessionRow[]> {
  const identity = sub === null ? null : await findIdentity(from, identityHashOf({ iss, sub }));
  const ofSubject = identity === null ? [] : await sessionsOf(from, identity.accountId);
  if (sid === null) return ofSubject;
  const named = await sessionsOfProvider(from, providerSessionHashOf({ iss, sid }));
  if (sub === null) return named;
  return [
    ...named.filter(({ accountId }) => accountId === identity?.accountId),
    ...ofSubject.filter(({ providerSessionHash }) => providerSessionHash === null),
  ];
}
