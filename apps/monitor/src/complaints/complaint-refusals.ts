import type { ComplaintPolicy } from '@mingjian/contracts';
import type { ComplaintRefusal } from '@mingjian/rules';
import type { ComplaintRow } from '@mingjian/store';

/** Why an act about a complaint is not possible, with what the rules say. */
export function refusalText(refusal: ComplaintRefusal, row: ComplaintRow, policy: ComplaintPolicy): string {
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
