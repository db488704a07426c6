import { SystemClock, type Settings } from '@mingjian/runtime';
import { accessSettingsOf, isLoopback } from '../../../monitor/src/identity/access-settings';
import { oidcSettingsOf } from '../../../monitor/src/identity/oidc/oidc-settings';
import { OidcProvider } from '../../../monitor/src/identity/oidc/provider';
import { check, Unwell, type Check } from './check';

const HOUR_MS = 3_600_000;

/** Who can reach the pages, and over what. */
export function access(settings: Settings): Promise<Check[]> {
  return Promise.all([
    check('sign-in', 'correct the setting named', () => {
      const { auth, secondFactor, sessionIdleMs, sessionMs } = accessSettingsOf(settings, false, '');
      return `${auth} accounts, second factor ${secondFactor}, sessions of ${sessionIdleMs / 60_000} minutes idle, ${sessionMs / HOUR_MS} hours at most`;
    }),
    ...(settings.oidcIssuer === '' ? [] : [provider(settings)]),
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

/** Whether the provider describes itself as the settings call it; its people and the client's secret are seen at a sign-in alone. */
function provider(settings: Settings): Promise<Check> {
  const doing =
    'see that MINGJIAN_OIDC_ISSUER is what the provider calls itself, and that this machine reaches it';
  return check('identity provider', doing, async () => {
    const oidc = oidcSettingsOf(settings);
    if (oidc === null) throw new Error('no provider is named');
    await new OidcProvider(oidc, new SystemClock()).begin(false);
    return `${oidc.issuer} answers; it sends browsers back to ${oidc.redirect}`;
  });
}
