import type { RulesetDocument } from '@mingjian/contracts';
import { lintRules, RuleBook, type LintFinding, type WorkingCalendar } from '@mingjian/rules';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { pathInChinese, valueInChinese } from './document-words';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import { isMembers } from './field-difference';
import { LINT_WORDS } from './lint-words';

/** What the lint has against one ruleset by itself. */
export function lintOf(
  document: RulesetDocument,
  calendars: ReadonlyMap<string, WorkingCalendar>,
  now: number,
): LintFinding[] {
  return lintRules(new RuleBook([document], calendars), now);
}

/** What the lint had against the rules in force when it was asked last: they are the same for save after save. */
let lastKnown: {
  loaded: LoadedRuleBook;
  of: RulesetDocument;
  day: number;
  keys: ReadonlySet<string>;
} | null = null;
const DAY_MS = 86_400_000;

export function knownFindings(
  document: RulesetDocument,
  loaded: LoadedRuleBook,
  now: number,
): ReadonlySet<string> {
  const day = Math.floor(now / DAY_MS);
  if (lastKnown?.of !== document || lastKnown.loaded !== loaded || lastKnown.day !== day)
    lastKnown = { loaded, of: document, day, keys: keysOf(lintOf(document, loaded.calendars, now)) };
  return lastKnown.keys;
}

/** A finding of the lint, for people. What the rules in force have as well is nothing that keeps a draft back. */
export function lintProblem(finding: LintFinding, isKnown: boolean, written: Written): DraftProblem {
  const { path, code } = finding;
  const [expected, hint] = LINT_WORDS[code];
  const value = path.reduce<unknown>(
    (at, key) => (isMembers(at) || Array.isArray(at) ? (at as Record<string, unknown>)[key] : undefined),
    written,
  );
  return {
    severity: isKnown && finding.severity === 'error' ? 'warning' : finding.severity,
    ...{ code, path, expected },
    field: pathInChinese(path, written),
    got: valueInChinese(value, path) ?? '未填写',
    hint: isKnown ? `${hint}（现行版本已有此问题）` : hint,
  };
}

/** What makes two findings the same. */
export function keyOf({ code, path }: LintFinding): string {
  return `${code} ${path.join('\u0000')}`;
}
function keysOf(findings: readonly LintFinding[]): Set<string> {
  return new Set(findings.map(keyOf));
}
