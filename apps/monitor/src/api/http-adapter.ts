import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '@mingjian/runtime';

/**
 * The HTTP server of a process: which proxies may say whose request they pass on, and how long a request may take to come
 * in. Nobody is believed by default: an address that anybody can write locks out nobody.
 */
export function httpAdapter({ trustedProxies, bodyLimitBytes }: Settings): FastifyAdapter {
  const proxies = trustedProxies.split(',').map((address) => address.trim());
  return new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    trustProxy: trustedProxies === '' ? false : proxies,
    requestTimeout: 60_000,
  });
}
