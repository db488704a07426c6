import type { FindingSeverity } from '@mingjian/contracts';

/** What the search for doctored time stamps can find, with the code of each. A closed list. */
export const FORENSIC_CODES = {
  'recorded-late': 'DQ-1',
  'source-records-late': 'DQ-1',
  'steps-in-one-second': 'DQ-2',
  'source-records-whole-minutes': 'DQ-2',
  'source-records-dates': 'DQ-2',
  'back-dated': 'DQ-5',
  'outside-hours': 'TIM-1',
  'often-outside-hours': 'TIM-1',
  'round-times': 'TIM-2',
  'finished-just-before-limit': 'TIM-3',
  'finished-before-predecessor': 'FLOW-3',
  'reopened-after-decision': 'FLOW-4',
  'filed-again': 'FLOW-5',
  'bulk-closing': 'FLOW-6',
  'zero-case-month': 'SRC-1',
  'applicant-contradicts-record': 'CMP-2',
  'complaint-contradicts-record': 'CMP-2',
} as const;
export type ForensicKind = keyof typeof FORENSIC_CODES;
export type ForensicCode = (typeof FORENSIC_CODES)[ForensicKind];

/** What a finding is about. */
export type ForensicScope = 'case' | 'officer' | 'department' | 'source';

/** At most so many cases are kept as evidence of one finding; its figures say how many there are. */
const MOST_EVIDENCE = 20;

/**
 * A sign that a record may not be true (核查线索). It says what was seen and how improbable that is, never that somebody
 * cheated: each has innocent explanations, listed in docs/forensics.md.
 */
export interface ForensicFinding {
  kind: ForensicKind;
  code: ForensicCode;
  severity: FindingSeverity;
  scope: ForensicScope;
  /** Case number, `department/officer`, department or source, by the scope. */
  subject: string;
  department: string | null;
  item: string | null;
  /** Month in the zone of the calendar, `YYYY-MM`. With kind and subject it identifies the finding. */
  period: string;
  /** When what was found happened, epoch ms; null for a whole month. */
  at: number | null;
  /** Evidence: numbers of cases, the most telling first. */
  cases: readonly string[];
  /** Evidence: figures, durations in ms, instants in epoch ms, shares 0 to 1; `pValue` where a test was made. */
  figures: Readonly<Record<string, string | number | null>>;
}

/** Puts a finding together: its code follows from its kind. */
export function found(finding: Omit<ForensicFinding, 'code'>): ForensicFinding {
  return { ...finding, code: FORENSIC_CODES[finding.kind], cases: finding.cases.slice(0, MOST_EVIDENCE) };
}

/** What tells one finding from all others, on every run over the same months. */
export function forensicKey({ kind, scope, subject, period }: ForensicFinding): string {
  return `${period} ${kind} ${scope} ${subject}`;
}
