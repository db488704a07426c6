import { accepted, type FieldRow } from './clock-field-rows';
import type { Patch } from './field-outcome';

const ONE = { light: 'red', title: '题', content: '文', basis: '据' };
const RULE: Patch = { 'orders.rules': { one: ONE } };
const FINDING: Patch = { 'orders.rules': { one: { ...ONE, light: undefined, finding: 'SUS-6' } } };
const COMPLAINT: Patch = {
  'orders.rules': { one: { ...ONE, light: undefined, complaint: 'reopened' } },
};
const THREE: Patch = { 'orders.rules': { one: { ...ONE, count: 2 } } };
const LADDER: Patch = { 'orders.ladder': [{ level: 'reminder', after: '0wd', colour: 'orange' }] };

const POLICY = {
  name: '名',
  basis: '据',
  handle: '10wd',
  transfer: '5wd',
  returnWithin: '5wd',
  feedback: '5wd',
  reviewRequest: '10d',
  review: '10d',
};
const POLICIES: Patch = { 'complaints.policies': { one: POLICY } };
const policy = (field: string, value: unknown): readonly [string, Patch, Patch] => [
  `complaints.policies.*.${field}`,
  { [`complaints.policies.one.${field}`]: value },
  POLICIES,
];

const ROWS: (readonly [field: string, change: Patch, base?: Patch])[] = [
  ['orders.replyWithin', { 'orders.replyWithin': '3wd' }],
  ['orders.yellowBefore', { 'orders.yellowBefore': ['3wd'] }],
  ['orders.redAfter', { 'orders.redAfter': '2wd' }],
  ['orders.verifyWithin', { 'orders.verifyWithin': '2wd' }],
  ['orders.extensions', { 'orders.extensions': 2 }],
  ['orders.extensionMaxDays', { 'orders.extensionMaxDays': 3 }],
  ['orders.ladder.[].level', { 'orders.ladder.0.level': 'interview' }, LADDER],
  ['orders.ladder.[].after', { 'orders.ladder.0.after': '2wd' }, LADDER],
  ['orders.ladder.[].colour', { 'orders.ladder.0.colour': 'red' }, LADDER],
  ['orders.rules.*.enabled', { 'orders.rules.one.enabled': false }, RULE],
  ['orders.rules.*.light', { 'orders.rules.one.light': 'yellow' }, RULE],
  ['orders.rules.*.clocks', { 'orders.rules.one.clocks': ['statutory'] }, RULE],
  ['orders.rules.*.finding', { 'orders.rules.one.finding': 'EXT-1' }, FINDING],
  ['orders.rules.*.complaint', { 'orders.rules.one.complaint': 'valid' }, COMPLAINT],
  ['orders.rules.*.count', { 'orders.rules.one.count': 3 }, RULE],
  ['orders.rules.*.per', { 'orders.rules.one.per': 'case' }, THREE],
  ['orders.rules.*.within', { 'orders.rules.one.within': '1h' }, RULE],
  ['orders.rules.*.colour', { 'orders.rules.one.colour': 'red' }, RULE],
  ['orders.rules.*.replyWithin', { 'orders.rules.one.replyWithin': '2wd' }, RULE],
  ['orders.rules.*.title', { 'orders.rules.one.title': '另' }, RULE],
  ['orders.rules.*.content', { 'orders.rules.one.content': '另' }, RULE],
  ['orders.rules.*.basis', { 'orders.rules.one.basis': '另' }, RULE],
  ['appeals.fileWithin', { 'appeals.fileWithin': '3wd' }],
  ['appeals.decideWithin', { 'appeals.decideWithin': '3wd' }],
  ['appeals.referredWithin', { 'appeals.referredWithin': '3wd' }],
  ['appeals.yellowBefore', { 'appeals.yellowBefore': ['3wd'] }],
  ['appeals.redAfter', { 'appeals.redAfter': '2wd' }],
  ['appeals.times', { 'appeals.times': 2 }],
  ['ratingAppeals.fileWithin', { 'ratingAppeals.fileWithin': '3wd' }],
  ['ratingAppeals.decideWithin', { 'ratingAppeals.decideWithin': '3wd' }],
  ['ratingAppeals.yellowBefore', { 'ratingAppeals.yellowBefore': ['3wd'] }],
  ['ratingAppeals.redAfter', { 'ratingAppeals.redAfter': '2wd' }],
  ['ratingAppeals.times', { 'ratingAppeals.times': 2 }],
  policy('name', '另'),
  policy('basis', '另'),
  policy('accept', '3wd'),
  policy('transfer', '3wd'),
  policy('returnWithin', '1wd'),
  policy('handle', '8wd'),
  policy('rework', '4wd'),
  policy('verify', '3wd'),
  policy('feedback', '3wd'),
  policy('reviewRequest', '2d!'),
  policy('review', '20d'),
  policy('yellowBefore', ['3wd']),
  policy('redAfter', '3wd'),
  policy('extensions', 2),
  policy('extensionMaxDays', 3),
  policy('confidential', true),
  ['complaints.repeatWithin', { 'complaints.repeatWithin': '1d' }],
  ['complaints.leadComplaints', { 'complaints.leadComplaints': 4 }],
  ['complaints.leadWithin', { 'complaints.leadWithin': '5d' }],
  ['complaints.leadReopened', { 'complaints.leadReopened': 6 }],
];

/** Fields of the sections `orders`, `appeals`, `ratingAppeals` and `complaints`. */
export const ACT_ROWS: FieldRow[] = ROWS.map(([field, change, base]) => ({
  field,
  differs: 'acts',
  change,
  case: accepted(),
  at: '2026-09-18 10:00',
  base: base ?? {},
}));
