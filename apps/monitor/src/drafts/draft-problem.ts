import type { LintSeverity } from '@mingjian/rules';

/** Something about a draft that its author should look at. An error keeps it from being submitted. */
export interface DraftProblem {
  severity: LintSeverity;
  /** `schema`, a code of the lint, or one of ours. */
  code: string;
  path: string[];
  /** The path in Chinese words. */
  field: string;
  expected: string;
  got: string;
  hint: string;
}
