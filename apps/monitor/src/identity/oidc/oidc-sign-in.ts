import {
  addOidcAttempt,
  appendLedger,
  BESIDE_THE_SHARDS,
  instantText,
  removeOidcAttemptsBefore,
  takeOidcAttempt,
  type AccountRow,
  type OidcAttemptRow,
  type Store,
  type UserSessionRow,
} from '@mingjian/store';
import type { Clock, Logger } from '@mingjian/runtime';
import { act } from '../acts';
import type { AccessSettings } from '../access-settings';
import type { Origin, Sessions } from '../sessions';
import { isSecondFactorDemanded } from '../to-do-first';
import { hashOf, newToken } from '../token';
import type { OidcSettings } from './oidc-settings';
import { OidcProvider, type Subject } from './provider';
import { providerAccount, providerSessionHashOf } from './provider-account';
import { provesSecondFactor, standingOfClaims, type Claims, type NoStanding } from './standing-of-claims';
import { OidcTrouble, type TroubleReason } from './trouble';
import { wantedPage } from './wanted-page';

/** Whoever was sent to the provider has so long to come back. */
export const ATTEMPT_FOR_MS = 10 * 60_000;

/** Why somebody who came back from the provider is not let in. */
export type OidcRefusal = TroubleReason | NoStanding | 'not-begun' | 'second-factor' | 'disabled';

export type OidcOutcome =
  | { ok: true; token: string; session: UserSessionRow; account: AccountRow; wanted: string }
  | { ok: false; reason: OidcRefusal };

/** What signing in by a provider works with. */
export interface OidcParts {
  store: Store;
  clock: Clock;
  logger: Logger;
  sessions: Sessions;
  settings: Pick<AccessSettings, 'secondFactor'>;
  oidc: OidcSettings;
}

/**
 * Signs people in by the provider of the site: sends them there, and takes what it says of them when they are back.
 * Guarantees: each state is good once, for ten minutes, in the browser that was sent, for the issuer it was sent to; the
 * account hangs on issuer and subject alone; roles are those of the claims at this sign-in; accounts that are disabled here
 * stay out whatever the provider says.
 * @see OWASP ASVS 5.0, V10.2, V10.5
 */
export class OidcSignIn {
  readonly provider: OidcProvider;

  constructor(private readonly parts: OidcParts) {
    this.provider = new OidcProvider(parts.oidc, parts.clock);
  }

  /** Where to send a browser, and what to give it so that it is known again. @throws OidcTrouble */
  async begin(to: unknown, formerToken: string | null): Promise<{ address: string; browser: string }> {
    const { store, clock, settings, oidc } = this.parts;
    const { address, errand } = await this.provider.begin(settings.secondFactor !== 'optional');
    const browser = newToken();
    const attempt: OidcAttemptRow = {
      stateHash: hashOf(errand.state),
      browserHash: hashOf(browser),
      issuer: oidc.issuer,
      nonce: errand.nonce,
      codeVerifier: errand.codeVerifier,
      wanted: wantedPage(to),
      formerTokenHash: formerToken === null ? null : hashOf(formerToken),
      createdAt: clock.now(),
    };
    await store.write((transaction) => addOidcAttempt(transaction, attempt), BESIDE_THE_SHARDS);
    return { address, browser };
  }

  /**
   * Lets somebody in who is back from the provider.
   * @param query of the address at which they came back.
   * @param browser what {@link begin} gave the browser; null: it shows nothing.
   * @param departments codes that the ruleset in force knows.
   */
  async finish(
    query: string,
    browser: string | null,
    origin: Origin,
    departments: ReadonlySet<string>,
  ): Promise<OidcOutcome> {
    const state = new URLSearchParams(query).get('state');
    const attempt = state === null ? null : await this.take(state);
    if (state === null || attempt === null) return this.refused('not-begun', 'no such state', origin);
    const problem = this.problemOf(attempt, browser);
    if (problem !== null) return this.refused('not-begun', problem, origin);
    let claims: Claims & Subject;
    try {
      claims = await this.provider.finish(query, { ...attempt, state });
    } catch (error) {
      if (error instanceof OidcTrouble) return this.refused(error.reason, error.detail, origin);
      throw error;
    }
    return this.letIn(claims, attempt, origin, departments);
  }

  /** Removes attempts that nobody can come back from any more. */
  async tidy(): Promise<void> {
    const { store, clock } = this.parts;
    await store.write(
      (transaction) => removeOidcAttemptsBefore(transaction, clock.now() - ATTEMPT_FOR_MS),
      BESIDE_THE_SHARDS,
    );
  }

  private take(state: string): Promise<OidcAttemptRow | null> {
    return this.parts.store.write(
      (transaction) => takeOidcAttempt(transaction, hashOf(state)),
      BESIDE_THE_SHARDS,
    );
  }

  private problemOf(attempt: OidcAttemptRow, browser: string | null): string | null {
    const { clock, oidc } = this.parts;
    if (browser === null || hashOf(browser) !== attempt.browserHash) return 'another browser';
    if (clock.now() - attempt.createdAt >= ATTEMPT_FOR_MS) return 'too late';
    return attempt.issuer === oidc.issuer ? null : 'begun with another issuer';
  }

  private async letIn(
    claims: Claims & Subject,
    attempt: OidcAttemptRow,
    origin: Origin,
    departments: ReadonlySet<string>,
  ): Promise<OidcOutcome> {
    const { store, settings, oidc, logger } = this.parts;
    const found = standingOfClaims(oidc.rules, claims, departments);
    if (!found.ok) return this.refused(found.reason, found.detail, origin);
    const isProved = provesSecondFactor(oidc.rules, claims);
    if (!isProved && isSecondFactorDemanded(found.standing.roles, settings.secondFactor))
      return this.refused('second-factor', 'the claims prove none', origin);
    const secondFactor = isProved ? 'provider' : 'none';
    const { iss, sid } = claims;
    const cameFrom = typeof sid === 'string' ? providerSessionHashOf({ iss, sid }) : null;
    const begin = () =>
      store.write(async (transaction) => {
        const now = this.parts.clock.now();
        const account = await providerAccount(transaction, claims, found.standing, found.displayName, now);
        if (account.isDisabled) return { account, begun: null };
        await transaction.execute('UPDATE account SET last_signed_in_at = ? WHERE id = ?', [
          instantText(now),
          account.id,
        ]);
        const { sessions } = this.parts;
        const { formerTokenHash } = attempt;
        const begun = await sessions.begin(transaction, account.id, origin, formerTokenHash, cameFrom);
        const body = { session: begun.session.id, secondFactor, by: 'provider' };
        await appendLedger(transaction, [act('account.signed-in', now, account.id, account.id, body)]);
        return { account, begun };
      }, BESIDE_THE_SHARDS);
    // Of two first sign-ins of one person at once one finds the account made, or changed, under its hands.
    const { account, begun } = await begin().catch(() => begin());
    if (begun === null) return this.refused('disabled', `account ${account.id}`, origin);
    logger.info({ account: account.id, address: origin.address, by: 'provider' }, 'Somebody signed in.');
    return { ok: true, ...begun, account, wanted: attempt.wanted };
  }

  private refused(reason: OidcRefusal, detail: string, { address }: Origin): OidcOutcome {
    this.parts.logger.warn({ reason, detail, address }, 'A sign-in by the provider was refused.');
    return { ok: false, reason };
  }
}
