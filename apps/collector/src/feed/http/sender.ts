import { HttpException, HttpStatus } from '@nestjs/common';
import type { Problem } from '@mingjian/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CollectorPorts } from '../../collector-ports';
import type { Source } from '../../source/source-registry';

/**
 * The source whose key the request carries. @throws HttpException 401 where it carries none, or nobody's; 403 where the approved register
 * does not name the source.
 */
export function senderOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { sources, metrics }: Pick<CollectorPorts, 'sources' | 'metrics'>,
): Source {
  const key = keyOf(request);
  const source = key === null ? null : sources.find(key);
  if (source !== null && 'unregistered' in source) {
    metrics?.countRefused(source.unregistered);
    throw refusal(HttpStatus.FORBIDDEN, {
      ...{ place: 'request', field: 'source', expected: 'a source of the approved register' },
      got: source.unregistered,
      hint: 'nothing was taken; keep the records and ask an administrator to register this source (来源登记)',
    });
  }
  if (source !== null) return source;
  reply.header('www-authenticate', 'Bearer realm="mingjian"');
  const got = key === null ? 'none' : 'a key that was issued to nobody';
  throw refusal(HttpStatus.UNAUTHORIZED, {
    place: 'request',
    field: 'Authorization',
    expected: 'the API key of a source',
    got,
    hint: 'send the key as "Authorization: Bearer KEY" or "X-API-Key: KEY"; an administrator issues and renews keys',
  });
}

/** An answer that says what was wrong and what to do. */
export function refusal(status: HttpStatus, ...problems: Problem[]): HttpException {
  return new HttpException({ statusCode: status, problems }, status);
}

/** A log that cannot take records now (a full disk) is the sender's sign to keep them and come again. */
export function notDurable(reply: FastifyReply): HttpException {
  reply.header('retry-after', '30');
  return refusal(HttpStatus.SERVICE_UNAVAILABLE, {
    place: 'event log',
    field: '',
    expected: 'room and a working disk',
    got: 'a write that failed',
    hint: 'keep the records and send the same again later; what was taken already is recognised',
  });
}

/**
 * What the clock of the sender said when it sent, by its `date` header (RFC 9110, 5.6.7), epoch milliseconds; null without
 * one. It is written to the second: the middle of that second is meant, and the way here counts in.
 */
export function dateOf({ headers }: FastifyRequest): { sourceAt: number; withinMs: number } | null {
  const said = headers.date ?? '';
  const at = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(said) ? Date.parse(said) : NaN;
  return Number.isNaN(at) ? null : { sourceAt: at + 500, withinMs: 500 };
}

function keyOf(request: FastifyRequest): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  return bearer ?? (typeof header === 'string' ? header : null);
}
