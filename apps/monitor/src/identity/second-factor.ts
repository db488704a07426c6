import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = '明鉴 Mingjian';
const PERIOD_SECONDS = 30;
/** Clocks of telephones differ: one step before and one after are taken too. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
const RECOVERY_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A secret of a new second factor: 160 random bits, in base 32. @see RFC 4226, 4 */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from a picture. */
export function totpAddress(secret: string, accountName: string): string {
  return totpOf(secret, accountName).toString();
}

/** The time step that a code of six digits belongs to; null where it is not one of the secret at this instant. */
export function totpStep(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** Codes for the day on which the telephone is lost: 59 random bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: 12 }, (_, i) => (i > 0 && i % 4 === 0 ? '-' : '') + letter()).join(''),
  );
}

/** A recovery code as it is kept: however it was typed. */
export function recoveryCodeForm(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function letter(): string {
  return RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)]!;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
