import type { OrderAct, OrderRules } from '@mingjian/contracts';
import type { OrderFacts } from './fold-order';
import type { OrderVerdict } from './order-at';

/** Why an act about an order or an appeal is not possible now, a closed list. */
export type ActRefusal =
  | 'wrong-state'
  | 'no-extension-left'
  | 'extension-too-long'
  | 'reply-overdue'
  | 'extension-pending'
  | 'no-extension-asked';

/** Which acts belong to which state: the state machine of an order. */
const STATES: Readonly<Record<OrderAct['type'], readonly OrderFacts['state'][]>> = {
  'extension-requested': ['awaiting-reply'],
  'extension-granted': ['awaiting-reply'],
  'extension-refused': ['awaiting-reply'],
  replied: ['awaiting-reply'],
  returned: ['awaiting-verification'],
  closed: ['awaiting-verification'],
  withdrawn: ['awaiting-reply', 'awaiting-verification'],
};

/** Why an act is not possible at `at`; null: it is. An extension moves only a limit that has not run out. */
export function refuseOrderAct(
  act: OrderAct,
  facts: OrderFacts,
  verdict: OrderVerdict,
  rules: OrderRules,
  at: number,
): ActRefusal | null {
  if (!STATES[act.type].includes(facts.state)) return 'wrong-state';
  const isPending = facts.rounds[facts.rounds.length - 1]!.requested !== null;
  switch (act.type) {
    case 'extension-requested':
      if (isPending) return 'extension-pending';
      return refuseExtension(act.days, verdict, rules, at);
    case 'extension-granted':
      return refuseExtension(act.days, verdict, rules, at);
    case 'extension-refused':
      return isPending ? null : 'no-extension-asked';
    default:
      return null;
  }
}

function refuseExtension(
  days: number,
  verdict: OrderVerdict,
  rules: OrderRules,
  at: number,
): ActRefusal | null {
  if (verdict.extensionsLeft === 0) return 'no-extension-left';
  if (days > rules.extensionMaxDays) return 'extension-too-long';
  return verdict.dueAt !== null && at > verdict.dueAt ? 'reply-overdue' : null;
}
