/** How much a finding matters: `error` contradicts the law or itself, `warning` misleads, `notice` is good to know. */
export const LINT_SEVERITIES = ['error', 'warning', 'notice'] as const;
export type LintSeverity = (typeof LINT_SEVERITIES)[number];

/** Every code with its severity; README.md of this library says what each means. */
export const LINT_CODES = {
  'acceptance-over-law': 'error',
  'calendar-ends': 'warning',
  'calendar-ended': 'error',
  'calendar-never-open': 'error',
  'calendar-starts-late': 'warning',
  'class-rule-overridden': 'warning',
  'class-without-items': 'warning',
  'cut-off-without-items': 'warning',
  'delivery-over-law': 'error',
  'extension-over-law': 'error',
  'forwarding-not-forwarded': 'warning',
  'forwarding-over-law': 'notice',
  'hearing-notice-late': 'warning',
  'hearing-over-law': 'error',
  'inspection-over-law': 'error',
  'inspection-over-promise': 'warning',
  'item-not-recorded': 'notice',
  'item-not-supervised': 'notice',
  'known-too-late': 'warning',
  'limit-leaves-calendar': 'warning',
  'missing-limit': 'error',
  'mixed-units': 'warning',
  'never-in-force': 'warning',
  'never-lit': 'warning',
  'promise-over-statutory': 'error',
  'rating-unanswered': 'warning',
  'recipients-without-red': 'warning',
  'recorded-item-unknown': 'warning',
  'recorded-step-unknown': 'warning',
  'red-after-overridden': 'warning',
  'shadowed-threshold': 'warning',
  'silence-never-red': 'warning',
  'silence-without-limit': 'warning',
  'statutory-over-law': 'notice',
  'step-cycle': 'error',
  'step-not-recorded': 'notice',
  'step-within-no-limit': 'warning',
  'step-without-limit': 'warning',
  'steps-over-acceptance': 'warning',
  'steps-over-delivery': 'warning',
  'steps-over-promise': 'warning',
  'unknown-department': 'error',
  'unknown-step': 'error',
  unsupervised: 'warning',
  'unused-department': 'notice',
  'yellow-after-red': 'warning',
  'yellow-from-start': 'warning',
} as const satisfies Record<string, LintSeverity>;
export type LintCode = keyof typeof LINT_CODES;

/** Something in a ruleset that an administrator should look at, with the place and what to do. */
export interface LintFinding {
  code: LintCode;
  severity: LintSeverity;
  /** Path in the document: `items`, `A0101`, `promise`. */
  path: string[];
  ruleset: string;
  version: string;
  /** Day of entry into force, `YYYY-MM-DD`: no two versions of a book share it. */
  inForceFrom: string;
  message: string;
  suggestion: string;
}

/** Reports a finding about one version of a ruleset; its severity comes from {@link LINT_CODES}. */
export type Report = (code: LintCode, path: readonly string[], message: string, suggestion: string) => void;
