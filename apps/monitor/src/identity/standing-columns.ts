import type { AccountRow } from '@mingjian/store';
import { rolesOf, type Standing } from './account';

/** A standing as an account's row has it. */
export function standingColumns({ roles, department, district }: Standing) {
  return { roles: [...new Set(roles)].sort().join(','), department, district };
}

/** For the ledger: codes and roles, no name of a person. */
export function standingOf(row: AccountRow): Record<string, unknown> {
  return { roles: rolesOf(row), department: row.department, district: row.district };
}

/** Equal where the standings are. */
export function standingText(row: AccountRow): string {
  return JSON.stringify(standingOf(row));
}
