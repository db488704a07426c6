import type { AccountRow } from '@mingjian/store';
import { rolesOf } from './account';
import { ROLE_NAMES } from './principal';

/**
 * An account without anything secret. Instants are RFC 3339 in UTC.
 * @param issuer the provider that decides about it; null: a local account.
 */
export function userView(row: AccountRow, issuer: string | null = null): object {
  const time = (instant: number | null): string | null =>
    instant === null ? null : new Date(instant).toISOString();
  return {
    id: row.id,
    name: row.name,
    displayName: row.displayName,
    roles: rolesOf(row).map((role) => ({ role, name: ROLE_NAMES[role] })),
    department: row.department,
    district: row.district,
    isDisabled: row.isDisabled,
    hasSecondFactor: row.isTotpConfirmed,
    issuer,
    passwordState: row.passwordState,
    oneTimeUntil: time(row.oneTimeUntil),
    createdAt: time(row.createdAt),
    lastSignedInAt: time(row.lastSignedInAt),
    version: row.version,
  };
}
