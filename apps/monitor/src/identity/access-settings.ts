import { BadInputError } from '@mingjian/contracts';
import type { Settings } from '@mingjian/runtime';
import { oidcSettingsOf, type OidcSettings } from './oidc/oidc-settings';

/** Who has to prove who they are, and for how long that holds. */
export interface AccessSettings {
  /** `local`: accounts of this site; `demo`: nobody is asked, in the demonstration on a loopback address only. */
  auth: 'local' | 'demo';
  /** Address at which browsers reach the pages, without a path; empty: directly, as the daemon listens. */
  publicUrl: string;
  /** Whether cookies are sent over TLS only. */
  isSecure: boolean;
  /** A session ends after so long without a request. */
  sessionIdleMs: number;
  /** A session ends so long after signing in, however busy. */
  sessionMs: number;
  /** Who must have a second factor. */
  secondFactor: 'optional' | 'administrators' | 'everybody';
  /** File with the keys of what is encrypted in the store; null: no second factor can be set up. */
  sealingKeys: string | null;
  /** The provider by which people sign in beside local accounts; null: there is none. */
  oidc: OidcSettings | null;
}

export const ACCESS_DEFAULTS: AccessSettings = {
  auth: 'local',
  publicUrl: '',
  isSecure: true,
  sessionIdleMs: 30 * 60_000,
  sessionMs: 12 * 3_600_000,
  secondFactor: 'optional',
  sealingKeys: null,
  oidc: null,
};

/** Hosts that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * The settings of access. The demonstration asks nobody, as long as only this machine can reach it.
 * @param sealingKeys the key file of the data directory, where none is set.
 * @throws BadInputError with the setting's name where nobody would be asked although others could come in, and where the
 *   provider's settings do not fit.
 */
export function accessSettingsOf(settings: Settings, isDemo: boolean, sealingKeys: string): AccessSettings {
  const mayBeOpen = isDemo && isLoopback(settings.host);
  const auth = settings.auth === '' ? (mayBeOpen ? 'demo' : 'local') : settings.auth;
  if (auth === 'demo' && !mayBeOpen) throw new OpenToOthers(settings.host, isDemo);
  return {
    auth,
    publicUrl: settings.publicUrl,
    // Who calls a daemon on this machine by http sends no cookie that is for TLS only.
    isSecure: settings.publicUrl.startsWith('https:') || !isLoopback(settings.host),
    sessionIdleMs: settings.sessionIdleMinutes * 60_000,
    sessionMs: settings.sessionHours * 3_600_000,
    secondFactor: settings.secondFactor,
    sealingKeys: settings.sealingKeys === '' ? sealingKeys : settings.sealingKeys,
    // In the demonstration nobody signs in.
    oidc: auth === 'demo' ? null : oidcSettingsOf(settings),
  };
}

class OpenToOthers extends BadInputError {
  constructor(host: string, isDemo: boolean) {
    super([
      {
        place: 'settings',
        field: 'MINGJIAN_AUTH',
        expected: isDemo ? 'local, or MINGJIAN_HOST on this machine' : 'local',
        got: `demo${isDemo ? ` on ${host}` : ' without the simulated city'}`,
        hint: 'only the demonstration asks nobody who they are, and only on this machine',
      },
    ]);
  }
}
