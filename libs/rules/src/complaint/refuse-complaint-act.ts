import type { ComplaintAct, ComplaintPolicy } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import type { ActRefusal } from '../order/refuse-order-act';
import { returnUntil, reviewUntil, type ComplaintVerdictAt } from './complaint-at';
import { isComplaintActPossible } from './complaint-states';
import type { ComplaintFacts } from './fold-complaint';

/** Why an act about a complaint is not possible now, a closed list. */
export type ComplaintRefusal =
  | ActRefusal
  | 'return-too-late'
  | 'accused-handles'
  | 'no-review'
  | 'review-too-late'
  | 'hearing-out-of-order';

/** Why an act is not possible at `at`; null: it is. An extension moves only a limit that has not run out. */
export function refuseComplaintAct(
  act: ComplaintAct,
  facts: ComplaintFacts,
  verdict: ComplaintVerdictAt,
  policy: ComplaintPolicy,
  calendar: WorkingCalendar,
  at: number,
): ComplaintRefusal | null {
  if (!isComplaintActPossible(act.type, facts.state)) return 'wrong-state';
  const isPending = (facts.rounds[facts.rounds.length - 1]?.requested ?? null) !== null;
  switch (act.type) {
    case 'transferred':
      // 信访工作条例 Art. 30: what is held against a unit is not handed to that unit.
      return policy.confidential && act.department === facts.registered.department ? 'accused-handles' : null;
    case 'returned': {
      const until = returnUntil(facts, policy, calendar);
      return until !== null && at > until ? 'return-too-late' : null;
    }
    case 'extension-requested':
      return isPending ? 'extension-pending' : refuseExtension(act.days, facts, verdict, policy, at);
    case 'extension-granted':
      return refuseExtension(act.days, facts, verdict, policy, at);
    case 'extension-refused':
      return isPending ? null : 'no-extension-asked';
    case 'review-requested':
    case 'recheck-requested': {
      const until = reviewUntil(facts, policy, calendar);
      return until === null ? 'no-review' : at > until ? 'review-too-late' : null;
    }
    case 'hearing-held': {
      const [from, to] = [Date.parse(act.from), Date.parse(act.until)];
      const requestedAt = facts.reviews[facts.reviews.length - 1]?.requestedAt ?? at;
      return from >= requestedAt && from < to && to <= at ? null : 'hearing-out-of-order';
    }
    default:
      return null;
  }
}

function refuseExtension(
  days: number,
  facts: ComplaintFacts,
  verdict: ComplaintVerdictAt,
  policy: ComplaintPolicy,
  at: number,
): ComplaintRefusal | null {
  if (verdict.extensionsLeft === 0) return 'no-extension-left';
  if (days > policy.extensionMaxDays) return 'extension-too-long';
  const handle = verdict.tracks.find(({ clock }) => clock === `handle#${facts.rounds.length}`);
  return handle !== undefined && at > handle.dueAt ? 'reply-overdue' : null;
}
