import { toDoFirst, type ToDoFirst } from './to-do-first';
import type { Identity } from './identity';
import { ROLE_NAMES, type Principal } from './principal';
import type { SignedIn } from './sessions';

/** Who is signed in, as the pages want to know it. Instants are RFC 3339 in UTC. */
export interface SessionView {
  auth: 'local' | 'demo';
  who: Omit<Principal, 'roles'> & { roles: { role: string; name: string }[] };
  /** What has to be done before anything else. */
  toDoFirst: ToDoFirst;
  hasSecondFactor: boolean;
  /** When the session ends by itself if nothing is asked; null in the demonstration. */
  endsAt: string | null;
  /** Where a browser goes once signed out, to end the provider's session too; null: nowhere. */
  signOutAt: string | null;
}

export function sessionView(identity: Identity, who: Principal, signedIn: SignedIn | null): SessionView {
  const { settings } = identity.ports;
  return {
    auth: settings.auth,
    who: { ...who, roles: who.roles.map((role) => ({ role, name: ROLE_NAMES[role] })) },
    toDoFirst: signedIn === null ? null : toDoFirst(signedIn.account, settings.secondFactor),
    hasSecondFactor: signedIn?.account.isTotpConfirmed ?? false,
    endsAt: signedIn === null ? null : new Date(identity.sessions.endsAt(signedIn.session)).toISOString(),
    signOutAt: signedIn?.account.passwordHash === null ? '/v1/session/oidc/sign-out' : null,
  };
}
