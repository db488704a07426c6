import type * as OpenIdClient from 'openid-client' with { 'resolution-mode': 'import' };
import type { JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };
import type { Clock } from '@mingjian/runtime';
import { CLOCK_TOLERANCE_SECONDS } from './clock-tolerance';
import { readLogoutToken, type LogoutToken } from './logout-token';
import type { OidcSettings } from './oidc-settings';
import type { Claims } from './standing-of-claims';
import { OidcTrouble, troubleOf } from './trouble';

type Configuration = OpenIdClient.Configuration;

/** A provider that has not answered after so long is down: people wait at a page. */
const TIMEOUT_SECONDS = 10;
/** The provider's description of itself is asked for anew after so long. */
const DESCRIPTION_FOR_MS = 3_600_000;

/** What is kept here of somebody who was sent to the provider. */
export interface Errand {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/**
 * The provider, spoken to by OpenID Connect: authorization code flow with PKCE (S256), state and nonce. Tokens are looked at
 * once and kept nowhere. Signatures of ID tokens are verified although they come over TLS.
 * @see OpenID Connect Core 1.0, section 3.1; RFC 9700 (best current practice); RFC 9207 (issuer in the answer)
 */
export class OidcProvider {
  private known: { configuration: Promise<Configuration>; since: number } | null = null;
  /** Asked for anew when a token names a key that is not among them. */
  private keys: { at: string; of: JWTVerifyGetKey } | null = null;

  constructor(
    private readonly settings: OidcSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Where to send a browser, and what to keep until it is back.
   * @param asksForMore whether the provider is to ask for a second factor.
   * @throws OidcTrouble
   */
  async begin(asksForMore: boolean): Promise<{ address: string; errand: Errand }> {
    const { rules, redirect } = this.settings;
    const { configuration, oidc } = await this.open();
    const errand = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
    };
    const acr = asksForMore ? (rules.secondFactor?.acr ?? []) : [];
    const address = oidc.buildAuthorizationUrl(configuration, {
      response_type: 'code',
      redirect_uri: redirect,
      scope: [...new Set(['openid', ...rules.scopes])].join(' '),
      state: errand.state,
      nonce: errand.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(errand.codeVerifier),
      code_challenge_method: 'S256',
      ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
    });
    return { address: address.href, errand };
  }

  /**
   * What the provider says of somebody who is back with `query`.
   * Guarantees: `iss` and `sub` are those of a verified ID token; UserInfo, where it is asked, is of the same subject and
   * overrides no claim of the token.
   * @throws OidcTrouble
   */
  async finish(query: string, { state, nonce, codeVerifier }: Errand): Promise<Claims & Subject> {
    const { configuration, oidc } = await this.open();
    const back = new URL(this.settings.redirect);
    back.search = query;
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const token = tokens.claims()!;
      const { userinfo_endpoint: endpoint } = configuration.serverMetadata();
      const isAsked = this.settings.rules.userinfo && endpoint !== undefined;
      const more = isAsked ? await oidc.fetchUserInfo(configuration, tokens.access_token, token.sub) : {};
      return { ...more, ...token };
    } catch (error) {
      throw troubleOf(error);
    }
  }

  /** Where somebody ends the session that they have at the provider; null: it offers no such place. @throws OidcTrouble */
  async signOutAddress(): Promise<string | null> {
    const { configuration, oidc } = await this.open();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    const here = new URL('/login', this.settings.redirect).href;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: here }).href;
  }

  /** Whom a token of sign-out means, once it is verified. @throws OidcTrouble */
  async readLogoutToken(token: string): Promise<LogoutToken> {
    const { configuration } = await this.open();
    const { issuer, jwks_uri: keysAt, ...server } = configuration.serverMetadata();
    if (keysAt === undefined) throw new OidcTrouble('not-proved', 'the provider publishes no keys');
    const jose = await import('jose');
    if (this.keys?.at !== keysAt) {
      const timeoutDuration = TIMEOUT_SECONDS * 1000;
      this.keys = { at: keysAt, of: jose.createRemoteJWKSet(new URL(keysAt), { timeoutDuration }) };
    }
    const { clientId } = this.settings;
    // Without a word of the provider, the one that every provider has. @see OpenID Connect Discovery 1.0, section 3
    const algorithms = server.id_token_signing_alg_values_supported ?? ['RS256'];
    try {
      return await readLogoutToken(jose, token, { issuer, clientId, algorithms, keys: this.keys.of });
    } catch (error) {
      throw troubleOf(error);
    }
  }

  /** The provider's own description is fetched once; where that fails, at the next attempt again. */
  private async open(): Promise<{ configuration: Configuration; oidc: typeof OpenIdClient }> {
    const oidc = await import('openid-client');
    const now = this.clock.now();
    if (this.known === null || now - this.known.since >= DESCRIPTION_FOR_MS)
      this.known = { configuration: this.discover(), since: now };
    try {
      return { configuration: await this.known.configuration, oidc };
    } catch (error) {
      this.known = null;
      throw troubleOf(error, 'provider-down');
    }
  }

  private async discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    return oidc.discovery(
      server,
      clientId,
      { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      (as, ...rest) => {
        if (clientSecret === '') return oidc.None()(as, ...rest);
        // Where the provider does not say what it takes, it takes the first.
        const taken = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
        const { ClientSecretBasic: basic, ClientSecretPost: post } = oidc;
        return (taken.includes('client_secret_basic') ? basic : post)(clientSecret)(as, ...rest);
      },
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          oidc.enableNonRepudiationChecks,
          // The settings let a provider without TLS stand on this machine only.
          ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
  }
}

/** Who the provider says it is; never given to another, unlike names and addresses of mail. */
export interface Subject {
  iss: string;
  sub: string;
}
