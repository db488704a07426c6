import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../access-settings';
import { ATTEMPT_FOR_MS } from './oidc-sign-in';

type Secure = Pick<AccessSettings, 'isSecure'>;

/** By what a browser is known again that was sent to the provider. */
function nameOf({ isSecure }: Secure): string {
  return isSecure ? '__Host-mingjian-sso' : 'mingjian-sso';
}

/** Lax, unlike the session's own: the browser comes back from another site. It opens nothing. */
function attributesOf({ isSecure }: Secure) {
  return { path: '/', httpOnly: true, secure: isSecure, sameSite: 'lax' } as const;
}

export function rememberBrowser(reply: FastifyReply, settings: Secure, browser: string): void {
  const maxAge = ATTEMPT_FOR_MS / 1000;
  void reply.setCookie(nameOf(settings), browser, { ...attributesOf(settings), maxAge });
}

export function forgetBrowser(reply: FastifyReply, settings: Secure): void {
  void reply.clearCookie(nameOf(settings), attributesOf(settings));
}

/** What the browser shows; null: nothing. */
export function browserOf(request: FastifyRequest, settings: Secure): string | null {
  const { cookies } = request as { cookies?: Record<string, string | undefined> };
  return cookies?.[nameOf(settings)] ?? null;
}
