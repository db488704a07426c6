import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { Identity } from '../identity/identity';
import { SIGN_OUT_PATH } from '../identity/oidc/oidc-settings';
import { refusal } from '../identity/refusals';
import { tokenOf } from '../identity/request-identity';
import { Monitor } from '../monitor';
import { setSecurityHeaders } from './security-headers';
import { serveConsole } from './serve-console';

/** Longest body of any request but step events, whose own limit is a setting. */
const BODY_LIMIT = 2 * 1024 ** 2;
const STEP_EVENTS = '/v1/step-events';
/** A token; and it comes from whoever likes to send one. */
const SIGN_OUT_LIMIT = 16 * 1024;
/** What a form of any site can send without being asked; nothing of ours does, and of others only the provider's server. */
const FORM_TYPES = /^(application\/x-www-form-urlencoded|text\/plain)\b/i;

/**
 * What every process that serves the monitor's pages sets up before it listens: security headers on every answer,
 * bounds of size and pace, cookies, the console at `/`, the OpenAPI page at `/docs` and its document at `/docs-json`.
 * Awaited before the application listens: what comes later does not know these bounds.
 */
export async function setUpHttp(app: NestFastifyApplication, consoleDir: string | null): Promise<void> {
  const { access, requestsPerMinute } = app.get(Monitor).ports.settings;
  const { sessions } = app.get(Identity);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRoute', (route) => {
    if (route.url !== STEP_EVENTS)
      route.bodyLimit ??= route.url === SIGN_OUT_PATH ? SIGN_OUT_LIMIT : BODY_LIMIT;
  });
  server.addHook('onRequest', async (request) => {
    if (request.url.startsWith(STEP_EVENTS) || request.url === SIGN_OUT_PATH) return;
    if (FORM_TYPES.test(request.headers['content-type'] ?? ''))
      throw refusal(415, 'not-json', '请求体须为 JSON');
  });
  await setSecurityHeaders(app, access.publicUrl.startsWith('https:'));
  await app.register(cookie);
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // A made-up token counts for its address: who could choose a key of their own would have no bound.
    keyGenerator: (request) => {
      const token = tokenOf(request, access);
      return token !== null && sessions.wasGood(token) ? token : request.ip;
    },
    // Pages and what machines read of us cost little; what departments send has a pace of its own.
    allowList: (request) => !request.url.startsWith('/v1/') || request.url.startsWith(STEP_EVENTS),
    errorResponseBuilder: (_, { ttl }) =>
      refusal(429, 'too-many-requests', `请求过于频繁，请 ${Math.ceil(ttl / 1000)} 秒后再试`),
  });
  if (consoleDir !== null) serveConsole(app, consoleDir);
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Mingjian 明鉴')
      .setDescription(
        'Lights that explain themselves. Instants are RFC 3339 with the offset of the working calendar.',
      )
      .setVersion('1')
      .build(),
  );
  SwaggerModule.setup('docs', app, cleanupOpenApiDoc(document), {
    customSiteTitle: 'Mingjian API',
    // The sheet of symbols, which hides itself by an attribute that the policy does not let have.
    customCss: 'body > svg { position: absolute; width: 0; height: 0 }',
  });
}
