import type { FastifyReply } from 'fastify';
import type { AccessSettings } from './access-settings';
import { cookieName } from './request-identity';

/**
 * Gives the browser its session: out of reach of scripts, never sent by pages of other sites, gone when the browser closes.
 * `__Host-` (over TLS) keeps other hosts of the domain from setting it.
 */
export function setCookie(reply: FastifyReply, settings: AccessSettings, token: string): void {
  reply.header('cache-control', 'no-store');
  void reply.setCookie(cookieName(settings), token, attributesOf(settings));
}

/** Takes it away. */
export function forgetCookie(reply: FastifyReply, settings: AccessSettings): void {
  void reply.clearCookie(cookieName(settings), attributesOf(settings));
}

function attributesOf({ isSecure }: AccessSettings) {
  return { path: '/', httpOnly: true, secure: isSecure, sameSite: 'strict' } as const;
}
