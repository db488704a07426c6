import type { LintExample } from './lint-example';

const A = { name: '事项', promise: '7wd', statutory: '20wd' };
const COUNTER = { name: '即办', class: 'on-the-spot', promise: { limit: '0wd', yellowBefore: ['1wh'] } };
/** No clock of this item can turn red. */
const NEVER = { limit: '5wd', redAfter: 'never' };
const NEVER_RED = {
  name: '事项',
  acceptance: NEVER,
  promise: NEVER,
  statutory: { limit: '20wd', redAfter: 'never' },
  delivery: NEVER,
  hearing: 'none',
  hearingNotice: 'none',
  renewal: 'none',
};
const NO_OTHER_RED = { suspensionRedAfter: 'never', ratings: { contact: 'none', rectification: 'none' } };
const HOUSING = { name: '住建局' };
const accepted = (item: string): LintExample['recorded'] => [{ type: 'case.accepted', data: { item } }];

/** For each code about the site, its classes, versions, calendar and record. */
export const SITE_EXAMPLES: LintExample[] = [
  {
    code: 'calendar-ends',
    today: '2026-10-20 09:00',
    line: 'calendar:',
    bad: {},
    mended: { calendar: 'open-ended' },
  },
  {
    code: 'calendar-ended',
    today: '2027-01-05 09:00',
    line: 'calendar:',
    bad: {},
    mended: { calendar: 'open-ended' },
  },
  {
    code: 'calendar-never-open',
    line: 'calendar: closed',
    bad: { calendar: 'closed' },
    mended: { calendar: 'office' },
  },
  {
    code: 'calendar-starts-late',
    line: 'inForceFrom: 2017-06-01',
    bad: { inForceFrom: '2017-06-01' },
    mended: { inForceFrom: '2018-06-01' },
  },
  {
    code: 'limit-leaves-calendar',
    line: 'statutory: 20wd',
    bad: { inForceFrom: '2026-12-10' },
    mended: { inForceFrom: '2026-11-10' },
  },
  {
    code: 'limit-leaves-calendar',
    line: 'statutory: 20wd',
    bad: [{}, { version: '2', inForceFrom: '2026-12-24', calendar: 'open-ended' }],
    mended: [{}, { version: '2', inForceFrom: '2026-11-24', calendar: 'open-ended' }],
  },
  {
    code: 'never-in-force',
    line: 'inForceFrom: 2026-02-28',
    // 28 February and 1 March 2026 are a weekend in the calendar of the office.
    bad: [{}, { version: '2', inForceFrom: '2026-02-28' }, { version: '3', inForceFrom: '2026-03-02' }],
    mended: [{}, { version: '2', inForceFrom: '2026-02-27' }, { version: '3', inForceFrom: '2026-03-02' }],
  },
  {
    code: 'known-too-late',
    line: 'knownSince: 2026-01-02',
    bad: { knownSince: '2026-01-02' },
    mended: { knownSince: '2026-01-01' },
  },
  {
    code: 'unknown-department',
    line: 'department: tax',
    bad: { departments: { housing: HOUSING }, items: { A: { ...A, department: 'tax' } } },
    mended: { departments: { housing: HOUSING }, items: { A: { ...A, department: 'housing' } } },
  },
  {
    code: 'unknown-department',
    line: 'department: tax',
    bad: { departments: { housing: HOUSING }, items: { A: { ...A, steps: { a: { department: 'tax' } } } } },
    mended: {
      departments: { housing: HOUSING },
      items: { A: { ...A, steps: { a: { department: 'housing' } } } },
    },
  },
  {
    code: 'unused-department',
    line: 'housing:',
    bad: { departments: { housing: HOUSING } },
    mended: { departments: { housing: HOUSING }, items: { A: { ...A, department: 'housing' } } },
  },
  {
    code: 'red-after-overridden',
    line: 'redAfter: 1wd',
    bad: {
      switches: { overPromise: 'yellow' },
      items: { A: { ...A, promise: { limit: '7wd', redAfter: '1wd' } } },
    },
    mended: {
      switches: { overPromise: 'red' },
      items: { A: { ...A, promise: { limit: '7wd', redAfter: '1wd' } } },
    },
  },
  {
    code: 'shadowed-threshold',
    line: '1wd',
    bad: { switches: { yellowBefore: ['2wd', '1wd'] } },
    mended: { switches: { yellowBefore: ['2wd'] } },
  },
  {
    code: 'shadowed-threshold',
    line: '1wd',
    bad: { classes: { promised: { yellowBefore: ['2wd', '1wd'] } } },
    mended: { classes: { promised: { yellowBefore: ['2wd', '50%'] } } },
  },
  {
    code: 'class-without-items',
    line: 'joint:',
    bad: { classes: { joint: { redAfter: '1wd' } } },
    mended: { classes: { joint: { redAfter: '1wd' } }, items: { A: { ...A, class: 'joint' } } },
  },
  {
    code: 'class-rule-overridden',
    line: 'redAfter: 1wd',
    bad: { classes: { promised: { redAfter: '1wd' } }, items: { A: NEVER_RED } },
    mended: { classes: { promised: { redAfter: '1wd' } }, items: { A } },
  },
  {
    code: 'recipients-without-red',
    line: 'red:',
    bad: { switches: { ...NO_OTHER_RED, recipients: { red: ['post'] } }, items: { A: NEVER_RED } },
    mended: { switches: { ...NO_OTHER_RED, recipients: { red: ['post'] } } },
  },
  {
    code: 'recipients-without-red',
    line: 'red:',
    bad: {
      switches: NO_OTHER_RED,
      classes: { promised: { recipients: { red: ['post'] } } },
      items: { A: NEVER_RED, B: { ...A, class: 'joint' } },
    },
    mended: { switches: NO_OTHER_RED, classes: { promised: { recipients: { red: ['post'] } } } },
  },
  {
    code: 'cut-off-without-items',
    line: 'onTheSpotCutOff:',
    bad: { switches: { onTheSpotCutOff: '17:30' } },
    mended: { switches: { onTheSpotCutOff: '17:30' }, items: { A: COUNTER } },
  },
  {
    code: 'rating-unanswered',
    line: 'contact: none',
    bad: { switches: { ratings: { contact: 'none' } } },
    mended: { switches: { ratings: { contact: '1wd' } } },
  },
  {
    code: 'rating-unanswered',
    line: 'rectification:',
    bad: { switches: { ratings: { rectification: { limit: '15wd', enabled: false } } } },
    mended: { switches: { ratings: { rectification: '15wd' } } },
  },
  {
    code: 'item-not-recorded',
    line: 'B:',
    recorded: accepted('A'),
    bad: { items: { A, B: A } },
    mended: { items: { A } },
  },
  {
    code: 'step-not-recorded',
    line: 'review:',
    recorded: [...accepted('A')!, { type: 'step.started', data: { step: 'handle' } }],
    bad: { items: { A: { ...A, steps: { handle: { limit: '1wd' }, review: { limit: '1wd' } } } } },
    mended: { items: { A: { ...A, steps: { handle: { limit: '1wd' } } } } },
  },
  {
    code: 'recorded-item-unknown',
    line: 'items:',
    recorded: accepted('B'),
    bad: { items: { A } },
    mended: { items: { A, B: A } },
  },
  {
    code: 'recorded-step-unknown',
    line: 'steps:',
    recorded: [...accepted('A')!, { type: 'step.started', data: { step: 'extra' } }],
    bad: { items: { A: { ...A, steps: { handle: { limit: '1wd' } } } } },
    mended: { items: { A: { ...A, steps: { handle: { limit: '1wd' }, extra: { limit: '1wd' } } } } },
  },
];
