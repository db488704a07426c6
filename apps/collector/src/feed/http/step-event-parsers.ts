import type { FastifyInstance, FastifyRequest } from 'fastify';

export const STEP_EVENTS_PATH = '/v1/step-events';

/** What requests to the feed are called inside, whatever their sender called them. */
const INSIDE_TYPE = 'application/vnd.mingjian.step-events';

const declaredTypes = new WeakMap<object, string>();

/**
 * Lets bodies for {@link STEP_EVENTS_PATH} come through unread, as a stream: the key is checked before a body is read,
 * and text that is no JSON must reach the quarantine instead of ending in a parser. The parsers of all other routes,
 * JSON among them, stay as they are; that is why the type is renamed for this one route.
 * Call before routes are registered; calling twice does nothing.
 */
export function registerStepEventParsers(fastify: FastifyInstance): void {
  if (fastify.hasContentTypeParser(INSIDE_TYPE)) return;
  fastify.addContentTypeParser(INSIDE_TYPE, (_request, body, done) => done(null, body));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'POST' && request.routeOptions.url === STEP_EVENTS_PATH) {
      declaredTypes.set(request.raw, request.headers['content-type'] ?? '');
      request.raw.headers['content-type'] = INSIDE_TYPE;
    }
    done();
  });
}

/** The media type and charset that the sender declared, in lower case. */
export function declaredType(request: FastifyRequest): { type: string; charset: string } {
  const [type = '', ...parameters] = (declaredTypes.get(request.raw) ?? '').toLowerCase().split(';');
  const charset = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => parameter.startsWith('charset='));
  return { type: type.trim(), charset: charset?.slice('charset='.length).replaceAll('"', '') ?? 'utf-8' };
}
