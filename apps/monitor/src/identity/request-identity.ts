import type { RowScope } from '@mingjian/store';
import type { FastifyRequest } from 'fastify';
import { isLoopback, type AccessSettings } from './access-settings';
import type { RequestWithPrincipal } from './principal';
import type { Origin, SignedIn } from './sessions';

/** A request as the guard leaves it. */
export type IdentifiedRequest = FastifyRequest &
  RequestWithPrincipal & {
    scope?: RowScope;
    /** The session; none in the demonstration. */
    signedIn?: SignedIn;
  };

/** What a page of ours puts on every request that changes something; a form of another site cannot. */
export const REQUEST_HEADER = 'x-mingjian-request';

/** Browsers give a cookie of this kind back to this host only, over TLS only. */
export function cookieName({ isSecure }: Pick<AccessSettings, 'isSecure'>): string {
  return isSecure ? '__Host-mingjian' : 'mingjian';
}

/** The token of the session that the browser says it has. */
export function tokenOf(request: FastifyRequest, settings: AccessSettings): string | null {
  const cookies = (request as { cookies?: Record<string, string | undefined> }).cookies;
  return cookies?.[cookieName(settings)] ?? null;
}

/** Where a request comes from. */
export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, device: request.headers['user-agent'] ?? '' };
}

/**
 * Whether a request was made by a page of another site: browsers say where a request comes from. Programs say nothing and
 * have no cookies that others could use.
 * @see OWASP ASVS 5.0, V3.5
 */
export function isForged(request: FastifyRequest, settings: AccessSettings, hasSession: boolean): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return true;
  if (origin !== undefined && !isOwn(origin, request, settings)) return true;
  return hasSession && request.headers[REQUEST_HEADER] === undefined;
}

function isOwn(origin: string, request: FastifyRequest, { publicUrl }: AccessSettings): boolean {
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== '') return new URL(publicUrl).origin === origin;
  return new URL(origin).host === request.headers.host;
}

/**
 * Whether a request names this machine: a page elsewhere whose name was made to point here (DNS rebinding) does not. Asked
 * where nobody has to sign in.
 */
export function isToThisMachine(request: FastifyRequest): boolean {
  const host = request.headers.host ?? '';
  return isLoopback(host.replace(/:\d+$/, ''));
}
