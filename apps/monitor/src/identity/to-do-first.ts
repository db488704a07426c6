import type { AccountRow } from '@mingjian/store';
import { rolesOf } from './account';
import type { AccessSettings } from './access-settings';
import type { Role } from './principal';

/** What somebody has to do before anything else is let through. */
export type ToDoFirst = 'password-change' | 'second-factor' | null;

/** A one-time password is changed first; then comes the second factor, where the site demands one. */
export function toDoFirst(account: AccountRow, demanded: AccessSettings['secondFactor']): ToDoFirst {
  if (account.passwordState === 'one-time') return 'password-change';
  // Who has no password signed in by the provider, which was asked for it there.
  if (account.isTotpConfirmed || account.passwordHash === null) return null;
  return isSecondFactorDemanded(rolesOf(account), demanded) ? 'second-factor' : null;
}

/** Whether the site demands a second factor of somebody with these roles. */
export function isSecondFactorDemanded(
  roles: readonly Role[],
  demanded: AccessSettings['secondFactor'],
): boolean {
  return demanded === 'everybody' || (demanded === 'administrators' && roles.includes('administrator'));
}

/** What a request is told that comes before it is done. */
export const TO_DO_FIRST: Readonly<Record<NonNullable<ToDoFirst>, string>> = {
  'password-change': '请先修改一次性密码',
  'second-factor': '请先设置双因素验证',
};
