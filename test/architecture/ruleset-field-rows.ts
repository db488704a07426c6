import { aCase, type CaseBuilder } from '../../libs/rules/src/testing/builders';
import { FORENSICS_ROWS } from './forensics-field-rows';
import { ACT_ROWS } from './act-field-rows';
import { accepted, CLOCK_ROWS, rated, START, type FieldRow } from './clock-field-rows';
import type { Aspect, Patch } from './field-outcome';

const suspended = (): CaseBuilder =>
  aCase('A').accepted('2026-09-11 10:00').suspended(START, { daysApplied: 5 });
const PROMISE = { 'items.A.promise': '5wd' };
const SILENT = { ...PROMISE, 'items.A.silence': { basis: '本市规定' } };
const SILENT_STEP = { 'items.A.steps.a': { limit: '2wd', silence: { basis: '本市规定' } } };
const TWO_STEPS = { 'items.A.steps': { a: { limit: '2wd' }, b: { limit: '6wd' } } };
const TOWN = {
  districts: { c: { name: '甲市', level: 'city' }, t: { name: '甲镇', level: 'town', parent: 'c' } },
  'items.A.delegated': { to: ['t'] },
};
const RED = '2026-09-21 10:00';
const YELLOW = '2026-09-18 10:00';

type Row = [field: string, differs: Aspect, change: Patch, of: CaseBuilder, at: string, base?: Patch];
const started = (): CaseBuilder => accepted().stepStarted('a', START);
const reversed = (): CaseBuilder => accepted().stepStarted('b', START).stepStarted('a', '2026-09-14 11:00');
const returnedTwice = (): CaseBuilder =>
  accepted().event('case.returned', '2026-09-15 10:00').event('case.returned', '2026-09-16 10:00');
const renewal = (): CaseBuilder =>
  aCase('A').submitted(START).accepted(START, { permitExpiresAt: '2026-10-01T10:00:00+08:00' });
const extended = (): CaseBuilder =>
  accepted().extended('2026-09-15 10:00', { days: 5, approver: '王局长', notice: '延期告知 1 号' });
const charged = (): CaseBuilder => accepted().event('fee.charged', '2026-09-15 10:00', { amount: 80 });

const OTHERS: Row[] = [
  ['sources.silentChance', 'silence', { 'sources.silentChance': 0.05 }, accepted(), YELLOW],
  ['sources.silentAfter', 'silence', { 'sources.silentAfter': '30wm' }, accepted(), YELLOW],
  ['ruleset', 'explanation', { ruleset: 'other' }, accepted(), YELLOW],
  ['version', 'explanation', { version: '2' }, accepted(), YELLOW],
  ['inForceFrom', 'verdict', { inForceFrom: '2026-09-15' }, accepted(), YELLOW],
  ['knownSince', 'knownThen', { knownSince: '2026-09-19' }, accepted(), YELLOW],
  ['calendar', 'verdict', { calendar: 'daily' }, accepted(), YELLOW],
  ['switches.overPromise', 'verdict', { 'switches.overPromise': 'yellow' }, accepted(), RED, PROMISE],
  [
    'switches.yellowBefore',
    'verdict',
    { 'switches.yellowBefore': ['4wd'] },
    accepted(),
    '2026-09-16 10:00',
    PROMISE,
  ],
  ['switches.promiseCounting', 'verdict', { 'switches.promiseCounting': 'wd@time' }, accepted(), YELLOW],
  [
    'switches.suspensionCounting',
    'verdict',
    { 'switches.suspensionCounting': 'wd@time' },
    suspended(),
    YELLOW,
  ],
  [
    'switches.suspensionYellowBefore',
    'verdict',
    { 'switches.suspensionYellowBefore': ['4wd'] },
    suspended(),
    '2026-09-16 10:00',
  ],
  ['switches.suspensionRedAfter', 'verdict', { 'switches.suspensionRedAfter': '2wd' }, suspended(), RED],
  [
    'switches.suspensionMaxDays.*',
    'findings',
    { 'switches.suspensionMaxDays': { 鉴定: 2 } },
    suspended(),
    YELLOW,
  ],
  [
    'switches.suspensionLateShare',
    'findings',
    { 'switches.suspensionLateShare': '100%' },
    suspended(),
    YELLOW,
  ],
  [
    'switches.suspensionMostShare',
    'findings',
    { 'switches.suspensionMostShare': 'none' },
    suspended().decided(YELLOW),
    YELLOW,
  ],
  [
    'switches.suspensionPieces',
    'findings',
    { 'switches.suspensionPieces': 2 },
    suspended().resumed('2026-09-15 10:00').suspended('2026-09-15 11:00').resumed('2026-09-16 10:00'),
    YELLOW,
  ],
  ['switches.returnedOften', 'findings', { 'switches.returnedOften': 2 }, returnedTwice(), YELLOW],
  [
    'switches.onTheSpotCutOff',
    'verdict',
    { 'switches.onTheSpotCutOff': '09:30' },
    accepted(),
    START,
    { 'items.A.class': 'on-the-spot', 'items.A.promise': '0wd' },
  ],
  ['switches.issue', 'verdict', { 'switches.issue': 'confirmed' }, accepted(), YELLOW],
  [
    'switches.recipients.yellow',
    'recipients',
    { 'switches.recipients.yellow': ['post'] },
    accepted(),
    YELLOW,
    PROMISE,
  ],
  [
    'switches.recipients.red',
    'recipients',
    { 'switches.recipients.red': ['post'] },
    accepted(),
    RED,
    PROMISE,
  ],
  [
    'switches.renewalAppliedBefore',
    'verdict',
    { 'switches.renewalAppliedBefore': '10d!' },
    renewal(),
    '2026-10-08 10:00',
  ],
  [
    'switches.ratings.badFrom',
    'verdict',
    { 'switches.ratings.badFrom': 3 },
    rated({ grade: 3, realName: true }),
    YELLOW,
  ],
  [
    'classes.*.yellowBefore',
    'verdict',
    { 'classes.promised.yellowBefore': ['4wd'] },
    accepted(),
    '2026-09-16 10:00',
    PROMISE,
  ],
  ['classes.*.redAfter', 'verdict', { 'classes.promised.redAfter': '2wd' }, accepted(), RED, PROMISE],
  ['classes.*.issue', 'verdict', { 'classes.promised.issue': 'confirmed' }, accepted(), YELLOW],
  [
    'classes.*.recipients.yellow',
    'recipients',
    { 'classes.promised.recipients.yellow': ['post'] },
    accepted(),
    YELLOW,
    PROMISE,
  ],
  [
    'classes.*.recipients.red',
    'recipients',
    { 'classes.promised.recipients.red': ['post'] },
    accepted(),
    RED,
    PROMISE,
  ],
  ['districts.*.name', 'levels', { 'districts.t.name': '乙镇' }, accepted(), YELLOW, TOWN],
  ['districts.*.level', 'levels', { 'districts.t.level': 'village' }, accepted(), YELLOW, TOWN],
  ['districts.*.parent', 'levels', { 'districts.t.parent': undefined }, accepted(), YELLOW, TOWN],
  ['items.*.delegated.to', 'levels', { 'items.A.delegated.to': ['c'] }, accepted(), YELLOW, TOWN],
  ['items.*.delegated.as', 'levels', { 'items.A.delegated.as': 'collects' }, accepted(), YELLOW, TOWN],
  ['departments.*.name', 'explanation', { 'departments.housing.name': '住建委' }, accepted(), YELLOW],
  ['departments.*.district', 'verdict', { 'departments.housing.district': 'gangkou' }, accepted(), YELLOW],
  ['departments.*.hall', 'verdict', { 'departments.housing.hall': 'tax-hall' }, accepted(), YELLOW],
  ['items.*.name', 'explanation', { 'items.A.name': '其他事项' }, accepted(), YELLOW],
  ['items.*.class', 'verdict', { 'items.A.class': 'joint' }, accepted(), YELLOW],
  ['items.*.department', 'explanation', { 'items.A.department': 'tax' }, accepted(), YELLOW],
  ['items.*.enabled', 'verdict', { 'items.A.enabled': false }, accepted(), YELLOW],
  ['items.*.renewal', 'verdict', { 'items.A.renewal': 'none' }, renewal(), YELLOW],
  ['items.*.silence.basis', 'explanation', { 'items.A.silence.basis': '本省规定' }, accepted(), RED, SILENT],
  ['items.*.silence.clock', 'verdict', { 'items.A.silence.clock': 'statutory' }, accepted(), RED, SILENT],
  [
    'items.*.silence.issueWithin',
    'verdict',
    { 'items.A.silence.issueWithin': '3wd' },
    accepted(),
    RED,
    SILENT,
  ],
  ['items.*.extensionMaxDays', 'verdict', { 'items.A.extensionMaxDays': 3 }, extended(), YELLOW],
  ['items.*.fee', 'findings', { 'items.A.fee': 'none' }, charged(), YELLOW],
  [
    'items.*.fee.standard',
    'findings',
    { 'items.A.fee.standard': 50 },
    charged(),
    YELLOW,
    { 'items.A.fee.standard': 100 },
  ],
  ['items.*.steps.*.name', 'explanation', { 'items.A.steps.a.name': '审核' }, started(), YELLOW, TWO_STEPS],
  ['items.*.steps.*.post', 'recipients', { 'items.A.steps.a.post': '审核岗' }, started(), YELLOW, TWO_STEPS],
  [
    'items.*.steps.*.department',
    'verdict',
    { 'items.A.steps.a.department': 'tax' },
    started(),
    YELLOW,
    TWO_STEPS,
  ],
  ['items.*.steps.*.after', 'findings', { 'items.A.steps.b.after': [] }, reversed(), YELLOW, TWO_STEPS],
  ['items.*.steps.*.within', 'lint', { 'items.A.steps.b.within': 'delivery' }, accepted(), YELLOW, TWO_STEPS],
  [
    'items.*.steps.*.silence.basis',
    'findings',
    { 'items.A.steps.a.silence.basis': '本省规定' },
    started(),
    YELLOW,
    SILENT_STEP,
  ],
  [
    'items.*.steps.*.silence.issueWithin',
    'verdict',
    { 'items.A.steps.a.silence.issueWithin': '3wd' },
    started(),
    YELLOW,
    SILENT_STEP,
  ],
];

export const RULESET_ROWS: FieldRow[] = [
  ...CLOCK_ROWS,
  ...ACT_ROWS,
  ...FORENSICS_ROWS,
  ...OTHERS.map(([field, differs, change, of, at, base]) => ({
    field,
    differs,
    change,
    case: of,
    at,
    base: base ?? {},
  })),
];
