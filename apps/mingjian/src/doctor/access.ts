import type { Settings } from '@mingjian/runtime';
import { accessSettingsOf, isLoopback } from '../../../monitor/src/identity/access-settings';
import { check, Unwell, type Check } from './check';

const HOUR_MS = 3_600_000;

/** Who can reach the pages, and over what. */
export function access(settings: Settings): Promise<Check[]> {
  return Promise.all([
    check('sign-in', 'correct the setting named', () => {
      const { auth, secondFactor, sessionIdleMs, sessionMs } = accessSettingsOf(settings, false, '');
      return `${auth} accounts, second factor ${secondFactor}, sessions of ${sessionIdleMs / 60_000} minutes idle, ${sessionMs / HOUR_MS} hours at most`;
    }),
    check('TLS', '', () => {
      const { host, publicUrl, trustedProxies } = settings;
      if (publicUrl.startsWith('https:')) {
        if (trustedProxies === '')
          throw new Unwell(
            `${publicUrl}, and no proxy is trusted: all requests seem to come from it, and failed sign-ins lock it out`,
            'name the address of the TLS proxy in MINGJIAN_TRUSTED_PROXIES',
          );
        return `${publicUrl}, by a proxy`;
      }
      if (isLoopback(host)) return `${host}: only this machine`;
      throw new Unwell(
        `listens on ${host} without TLS: browsers send no session cookie, and passwords would be readable`,
        'put a TLS proxy in front, set MINGJIAN_PUBLIC_URL=https://… and MINGJIAN_TRUSTED_PROXIES',
      );
    }),
  ]);
}
