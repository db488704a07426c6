import { draftsWaiting, type Queryable } from '@mingjian/store';
import { hasRole, type Principal } from '../identity/principal';
import { kindsFor } from './kinds/readers';

/** How many wait, and which one where it is the only one. */
export interface Waiting {
  count: number;
  only: number | null;
}

/** Drafts that wait for one person. */
export interface WaitingForPerson {
  /** 待批准 by them: submitted, and they wrote none of it. */
  toDecide: Waiting;
  /** 退回给本人 to be written anew. */
  returned: Waiting;
}

/** What waits for somebody. Null: nothing of it is for them, since they change no rules. */
export async function draftsWaitingFor(from: Queryable, who: Principal): Promise<WaitingForPerson | null> {
  if (!hasRole(who, 'administrator')) return null;
  const drafts = await draftsWaiting(from, kindsFor(who));
  const of = (state: 'submitted' | 'returned', isOwn: boolean): Waiting => {
    const ids = drafts
      .filter((one) => one.state === state && one.contributors.includes(who.id) === isOwn)
      .map(({ id }) => id);
    return { count: ids.length, only: ids.length === 1 ? ids[0]! : null };
  };
  return { toDecide: of('submitted', false), returned: of('returned', true) };
}
