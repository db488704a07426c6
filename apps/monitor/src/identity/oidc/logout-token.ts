import type * as JoseModule from 'jose' with { 'resolution-mode': 'import' };
import type { JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };
import { CLOCK_TOLERANCE_SECONDS } from './clock-tolerance';
import { OidcTrouble } from './trouble';

/** Member of `events` that makes of a token one that signs somebody out. */
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A token that was made longer ago is not taken, whatever end it gives itself. */
export const TOKEN_FOR_SECONDS = 300;
/** What a header may call the token; an older provider says nothing of it, or the general word. */
const TYPES = ['logout+jwt', 'jwt'];

/** Whom the provider signed out: one session of its own, or everything of a subject where `sid` is null. */
export type LogoutToken = { iss: string; jti: string } & (
  { sid: string; sub: string | null } | { sid: null; sub: string }
);

/** By what a token is held to be the provider's, and meant for this site. */
export interface LogoutTokenSource {
  issuer: string;
  clientId: string;
  /** Algorithms of signature; those with a shared secret are never among them. */
  algorithms: readonly string[];
  keys: JWTVerifyGetKey;
}

/**
 * Reads a token by which the provider says that somebody is signed out.
 * Guarantees: signed by a key of the issuer, made for this client, at most five minutes ago; it is a token of sign-out and
 * cannot be an ID token. Not guaranteed: that it is seen for the first time.
 * @see OpenID Connect Back-Channel Logout 1.0, sections 2.4, 2.6
 * @throws OidcTrouble
 */
export async function readLogoutToken(
  jose: typeof JoseModule,
  token: string,
  { issuer, clientId, algorithms, keys }: LogoutTokenSource,
): Promise<LogoutToken> {
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms: [...algorithms],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    maxTokenAge: TOKEN_FOR_SECONDS,
    requiredClaims: ['iss', 'aud', 'iat', 'jti', 'events'],
  });
  const type = (protectedHeader.typ ?? 'jwt').toLowerCase().replace(/^application\//, '');
  if (!TYPES.includes(type)) throw notProved('typ');
  // ID tokens are signed by the same keys for the same client: these two claims tell them apart.
  if ('nonce' in payload) throw notProved('nonce');
  if (!hasEvent(payload['events'])) throw notProved('events');
  if (payload['azp'] !== undefined && payload['azp'] !== clientId) throw notProved('azp');
  const jti = textOf(payload, 'jti');
  const sub = textOf(payload, 'sub');
  const sid = textOf(payload, 'sid');
  if (jti === null) throw notProved('jti');
  if (sid !== null) return { iss: issuer, jti, sid, sub };
  if (sub === null) throw notProved('sid, sub');
  return { iss: issuer, jti, sid, sub };
}

function hasEvent(events: unknown): boolean {
  if (events === null || typeof events !== 'object' || !Object.hasOwn(events, EVENT)) return false;
  const event = (events as Record<string, unknown>)[EVENT];
  return event !== null && typeof event === 'object' && !Array.isArray(event);
}

/** A claim that is a text; null: it is not there. @throws OidcTrouble where it is something else. */
function textOf(payload: Readonly<Record<string, unknown>>, claim: string): string | null {
  const value = payload[claim];
  if (value === undefined) return null;
  if (typeof value !== 'string' || value === '') throw notProved(claim);
  return value;
}

function notProved(claim: string): OidcTrouble {
  return new OidcTrouble('not-proved', `claim ${claim} of a token of sign-out`);
}
