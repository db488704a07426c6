import type { ComplaintAct, ComplaintState } from '@mingjian/contracts';

/** Which acts belong to which state: the state machine of a complaint. */
const STATES: Readonly<Record<ComplaintAct['type'], readonly ComplaintState[]>> = {
  accepted: ['registered'],
  refused: ['registered'],
  linked: ['registered', 'accepted', 'handling', 'replied', 'verified', 'closed', 'refused', 'reviewed'],
  transferred: ['accepted', 'handling'],
  returned: ['handling'],
  'extension-requested': ['accepted', 'handling'],
  'extension-granted': ['accepted', 'handling'],
  'extension-refused': ['accepted', 'handling'],
  replied: ['accepted', 'handling'],
  'sent-back': ['replied'],
  verified: ['replied'],
  closed: ['verified'],
  reopened: ['closed', 'reviewed'],
  withdrawn: ['registered', 'accepted', 'handling', 'replied', 'verified'],
  'review-requested': ['closed'],
  'review-decided': ['reviewing'],
  'review-refused': ['reviewing'],
  'recheck-requested': ['reviewed'],
  'hearing-held': ['rechecking'],
  'recheck-decided': ['rechecking'],
  'recheck-refused': ['rechecking'],
};

/** 复查、复核: acts that are held against the limits of a review wherever they are told of. */
export const REVIEW_ACTS: ReadonlySet<ComplaintAct['type']> = new Set([
  'review-requested',
  'review-decided',
  'review-refused',
  'recheck-requested',
  'hearing-held',
  'recheck-decided',
  'recheck-refused',
]);

/** Whether an act belongs to a state. */
export function isComplaintActPossible(act: ComplaintAct['type'], state: ComplaintState): boolean {
  return STATES[act].includes(state);
}
