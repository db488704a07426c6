import type { Field } from './act-form';

/** 办理状态 of a complaint. */
export const COMPLAINT_STATES = [
  'registered',
  'accepted',
  'handling',
  'replied',
  'verified',
  'closed',
  'refused',
  'withdrawn',
  'reviewing',
  'reviewed',
  'rechecking',
  'rechecked',
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** An act: who does it, in which states, and what it asks for. The daemon decides; this says what to offer. */
interface Offer {
  by: 'office' | 'handler';
  in: readonly ComplaintState[];
  fields: readonly Pick<Field, 'name' | 'kind' | 'isOptional'>[];
}
const reason = { name: 'reason', kind: 'long' } as const;
const days = { name: 'days', kind: 'number' } as const;
const asked = [{ name: 'organ', kind: 'text' }, reason] as const;
const decided = [
  { name: 'outcome', kind: 'choice' },
  { name: 'opinion', kind: 'long' },
] as const;
const open: readonly ComplaintState[] = ['accepted', 'handling'];

export const OFFERS: Readonly<Record<string, Offer>> = {
  accepted: {
    by: 'office',
    in: ['registered'],
    fields: [
      { name: 'opinion', kind: 'long', isOptional: true },
      { name: 'newFacts', kind: 'long', isOptional: true },
    ],
  },
  refused: { by: 'office', in: ['registered'], fields: [reason] },
  transferred: {
    by: 'office',
    in: open,
    fields: [
      { name: 'department', kind: 'choice' },
      { name: 'opinion', kind: 'long', isOptional: true },
    ],
  },
  replied: {
    by: 'handler',
    in: open,
    fields: [
      { name: 'text', kind: 'long' },
      { name: 'measures', kind: 'long', isOptional: true },
    ],
  },
  returned: { by: 'handler', in: ['handling'], fields: [reason] },
  'extension-requested': { by: 'handler', in: open, fields: [days, reason] },
  'extension-granted': { by: 'office', in: open, fields: [days, reason, { name: 'approver', kind: 'text' }] },
  'extension-refused': { by: 'office', in: open, fields: [reason] },
  verified: { by: 'office', in: ['replied'], fields: [{ name: 'verdict', kind: 'choice' }, reason] },
  'sent-back': { by: 'office', in: ['replied'], fields: [reason] },
  closed: {
    by: 'office',
    in: ['verified'],
    fields: [
      { name: 'satisfaction', kind: 'choice', isOptional: true },
      { name: 'opinion', kind: 'long', isOptional: true },
    ],
  },
  reopened: { by: 'office', in: ['closed', 'reviewed'], fields: [reason] },
  'review-requested': { by: 'office', in: ['closed'], fields: asked },
  'review-decided': { by: 'office', in: ['reviewing'], fields: decided },
  'review-refused': { by: 'office', in: ['reviewing'], fields: [reason] },
  'recheck-requested': { by: 'office', in: ['reviewed'], fields: asked },
  'recheck-decided': { by: 'office', in: ['rechecking'], fields: decided },
  'recheck-refused': { by: 'office', in: ['rechecking'], fields: [reason] },
  'hearing-held': {
    by: 'office',
    in: ['rechecking'],
    fields: [
      { name: 'from', kind: 'datetime' },
      { name: 'until', kind: 'datetime' },
    ],
  },
  linked: {
    by: 'office',
    in: ['registered', 'accepted', 'handling', 'replied', 'verified', 'closed', 'refused', 'reviewed'],
    fields: [{ name: 'caseNo', kind: 'text' }],
  },
  withdrawn: {
    by: 'office',
    in: ['registered', 'accepted', 'handling', 'replied', 'verified'],
    fields: [reason],
  },
};
