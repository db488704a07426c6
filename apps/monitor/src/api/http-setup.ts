import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import type { FastifyReply, FastifyRequest } from 'fastify';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** The documentation page brings its own style sheet in the page. */
const DOCS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const HEADERS: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * What every process that serves the monitor's pages sets up before it listens: security headers on every answer, the
 * static page at `/`, the OpenAPI page at `/docs` and its document at `/docs-json`.
 */
export function setUpHttp(app: NestFastifyApplication, boardDir: string | null): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      void reply.headers(HEADERS);
      void reply.header('Content-Security-Policy', request.url.startsWith('/docs') ? DOCS_POLICY : POLICY);
      done();
    });
  if (boardDir !== null) app.useStaticAssets({ root: boardDir, prefix: '/', index: ['index.html'] });
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
  SwaggerModule.setup('docs', app, cleanupOpenApiDoc(document), { customSiteTitle: 'Mingjian API' });
}
