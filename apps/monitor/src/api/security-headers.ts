import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Everything from this host, nothing in the page itself, nothing framed: what a page of ours needs, and no more. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

const POLICY = Object.entries(DIRECTIVES)
  .map(
    ([name, values]) =>
      `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`,
  )
  .join(';');

const YEAR_SECONDS = 31_536_000;

/**
 * Security headers on every answer. A page that brings a style sheet in itself (the documentation of the API) is let have
 * exactly that one.
 * @param isSecure whether browsers come over TLS: they are told to do so always.
 * @see OWASP ASVS 5.0, V3.4
 */
export async function setSecurityHeaders(app: NestFastifyApplication, isSecure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
    strictTransportSecurity: isSecure ? { maxAge: YEAR_SECONDS } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
      if (/^\/docs\/?$/.test(request.url) && typeof payload === 'string') {
        reply.header(
          'Content-Security-Policy',
          POLICY.replace("style-src 'self'", `style-src 'self' ${stylesIn(payload)}`),
        );
        return payload.replace(/ style="[^"]*"/g, '');
      }
      // What somebody may see belongs into no cache that others read from.
      if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control'))
        reply.header('Cache-Control', 'no-store');
      return payload;
    });
}

/** Hashes of the style sheets that stand in a page. */
function stylesIn(page: string): string {
  return [...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)]
    .map(([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    .join(' ');
}
