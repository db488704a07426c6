import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the page itself finds its way by; each is answered with the page. Everything else that is unknown is a 404. */
const PLACES = ['watch', 'cases', 'mine', 'actions', 'reports', 'rules', 'screen', 'login'];
/** Files of this folder have their content in their name. */
const HASHED = /\/assets\/[^/]+$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the built console at `/`. Its files come compressed as they lie on the disk; the page is asked for anew each
 * time, so that an update is seen at once, and what it names is kept for ever. Files ask nobody who they are: they hold
 * no data.
 */
export function serveConsole(app: NestFastifyApplication, dir: string): void {
  void app.register(fastifyStatic, {
    root: dir,
    prefix: '/',
    index: ['index.html'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header('Cache-Control', HASHED.test(path.replaceAll('\\', '/')) ? FOR_EVER : 'no-cache'),
  });
  const server = app.getHttpAdapter().getInstance();
  const page = (_: FastifyRequest, reply: FastifyReply): FastifyReply => reply.sendFile('index.html');
  for (const place of PLACES) {
    server.get(`/${place}`, page);
    server.get(`/${place}/*`, page);
  }
}
