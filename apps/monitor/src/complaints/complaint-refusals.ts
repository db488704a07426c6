import type { ComplaintAct, ComplaintPolicy } from '@mingjian/contracts';
import {
  refuseComplaintAct,
  type ComplaintFacts,
  type ComplaintRefusal,
  type ComplaintVerdictAt,
} from '@mingjian/rules';
import { complaintsOfPerson, type ComplaintRow, type Queryable } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import type { ComplaintRulesInForce } from './complaint-setting';

/** @throws ActRefused where an act is not possible at an instant, on a complaint that was then as `facts` say. */
export function requirePossible(
  act: ComplaintAct,
  facts: ComplaintFacts,
  verdict: ComplaintVerdictAt,
  row: ComplaintRow,
  { policy, calendar }: ComplaintRulesInForce,
  at: number,
): void {
  const refusal = refuseComplaintAct(act, facts, verdict, policy, calendar, at);
  if (refusal !== null)
    throw new ActRefused(refusal, refusalText(refusal, { ...row, state: facts.state }, policy));
}

/** Why an act about a complaint is not possible, with what the rules say. */
function refusalText(refusal: ComplaintRefusal, row: ComplaintRow, policy: ComplaintPolicy): string {
  switch (refusal) {
    case 'wrong-state':
      return `${row.no} is ${row.state}: the act does not belong to that state`;
    case 'no-extension-left':
      return `${row.no} was extended ${policy.extensions} times, as often as its policy allows (extensions)`;
    case 'extension-too-long':
      return `an extension is at most ${policy.extensionMaxDays} days (extensionMaxDays)`;
    case 'reply-overdue':
      return `the reply to ${row.no} is overdue: a limit that has run out is not extended`;
    case 'extension-pending':
      return `an extension of ${row.no} was asked for already and is not answered`;
    case 'no-extension-asked':
      return `no extension of ${row.no} was asked for`;
    case 'return-too-late':
      return `${row.no} may be returned within ${policy.returnWithin} of its transfer (returnWithin)`;
    case 'no-review':
      return `${row.policy} knows no 复查 and 复核 (review, reviewRequest)`;
    case 'review-too-late':
      return `复查 and 复核 of ${row.no} may be asked for within ${policy.reviewRequest} of the opinion (reviewRequest; 信访工作条例 Art. 35, 36)`;
    case 'hearing-out-of-order':
      return `a hearing lies between the request for 复核 and now, and begins before it ends`;
    case 'accused-handles':
      return `${row.no} is held against that department; hand it to another one (信访工作条例 Art. 30)`;
  }
}

/**
 * 复核终结: what the same person brings again about the same matter, with the same facts and reasons, is not accepted again.
 * However long ago: the law knows no end of that.
 * @see 信访工作条例 第三十六条
 */
export async function refuseConcluded(
  from: Queryable,
  row: ComplaintRow,
  facts: ComplaintFacts,
): Promise<void> {
  const { person } = facts.registered;
  if (person === null) return;
  const concluded = (await complaintsOfPerson(from, person, 0, 'rechecked')).find(
    (one) =>
      one.id !== row.id &&
      (one.caseNo !== null && facts.caseNo !== null
        ? one.caseNo === facts.caseNo
        : one.department === row.department && one.kind === row.kind),
  );
  if (concluded === undefined) return;
  throw new ActRefused(
    'concluded-matter',
    `the matter of ${row.no} was concluded by 复核 as ${concluded.no}: refuse it, or name the new facts (newFacts) for which it is accepted`,
  );
}
