import { computed, shallowRef } from 'vue';
import { api, ApiError, read } from './client';

/** Roles as the API names them. */
export type Role = 'inspector' | 'department-head' | 'post' | 'administrator' | 'auditor' | 'operator';

/** Who is signed in. */
export interface Session {
  auth: 'local' | 'demo';
  who: {
    id: string;
    name: string;
    roles: { role: Role; name: string }[];
    department: string | null;
  };
  toDoFirst: 'password-change' | 'second-factor' | null;
  hasSecondFactor: boolean;
  endsAt: string | null;
  /** Where the provider's session is ended too; null: there is none. */
  signOutAt: string | null;
}

/** Null: nobody, or not known yet. */
export const session = shallowRef<Session | null>(null);
const roles = computed(() => new Set(session.value?.who.roles.map(({ role }) => role)));

export function hasRole(...wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.value.has(role));
}

/** Whether somebody is of a department and nothing above it: they see what is theirs. */
export const isOfDepartment = computed(
  () =>
    roles.value.size > 0 && [...roles.value].every((role) => role === 'department-head' || role === 'post'),
);

/** Asks who is signed in; `null`: nobody. @throws ApiError where there was no answer. */
export async function loadSession(): Promise<Session | null> {
  try {
    session.value = await read<Session>(api.GET('/v1/session'));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session.value = null;
  }
  return session.value;
}

export async function signIn(name: string, password: string, code: string): Promise<Session> {
  const body = { name, password, ...(code === '' ? {} : { code }) };
  session.value = await read<Session>(api.POST('/v1/session', { body, params: { header: FROM_HERE } }));
  return session.value;
}

export async function signOut(): Promise<void> {
  const further = session.value?.signOutAt ?? null;
  await read(api.DELETE('/v1/session'));
  session.value = null;
  if (further !== null) window.location.assign(further);
}

/** A form of another site cannot send this header. */
export const FROM_HERE = { 'x-mingjian-request': 'console' } as const;
