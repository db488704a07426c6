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
  'recheck-requested': ['reviewed'],
  'hearing-held': ['rechecking'],
  'recheck-decided': ['rechecking'],
};

/** Whether an act belongs to a state. */
export function isComplaintActPossible(act: ComplaintAct['type'], state: ComplaintState): boolean {
  return STATES[act].includes(state);
}
