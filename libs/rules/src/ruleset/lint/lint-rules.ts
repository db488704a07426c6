import type { TimelineEvent } from '@mingjian/contracts';
import type { CompiledRuleset } from '../compile-rules';
import type { RuleBook } from '../rule-book';
import { lintCalendarYears, lintVersion } from './calendar-years';
import type { LintedClock } from './clocks-of-item';
import { clocksOfItem } from './clocks-of-item';
import { lintDepartments } from './departments';
import { lintAgainstLaw } from './law-limits';
import { lintLights, lintRatings, lintSharedThresholds } from './lights';
import type { LintFinding, Report } from './lint-finding';
import { LINT_CODES } from './lint-finding';
import { countRecorded, lintRecorded } from './recorded';
import { StartDays } from './start-days';
import { lintSteps } from './steps';
import { lintItemReach, lintSharedReach } from './unreachable';

export { LINT_CODES, LINT_SEVERITIES } from './lint-finding';
export type { LintCode, LintFinding, LintSeverity } from './lint-finding';

/**
 * What the law, the calendar or plain sense has against a rule book; with `cases` (events by case number) also what
 * their record has against it. `today` is epoch ms. README.md, section Lint, lists every code.
 * Guarantees: pure; limits are compared by the due instants that they give from days of two years, not by their text.
 */
export function lintRules(
  book: RuleBook,
  today: number,
  cases?: ReadonlyMap<string, readonly TimelineEvent[]>,
): LintFinding[] {
  const findings: LintFinding[] = [];
  const recorded = cases && countRecorded(book, cases);
  book.rulesets.forEach((ruleset, index) => {
    const report = reporter(ruleset, findings);
    const calendar = book.calendarOf(ruleset);
    const starts = new StartDays(calendar, today);
    if (starts.starts.length === 0) {
      report(
        'calendar-never-open',
        ['calendar'],
        `calendar ${calendar.id} has no working day in the two years around today`,
        'write its weekly hours',
      );
      return;
    }
    const clocks = lintItems(ruleset, starts, report);
    const inForce = { ruleset, calendar, next: book.rulesets[index + 1] ?? null };
    lintCalendarYears(inForce, clocks, today, report);
    lintVersion(inForce, report);
    lintDepartments(ruleset.document, report);
    lintSharedReach(ruleset, clocks, report);
    lintSharedThresholds(ruleset.document, clocks, starts, report);
    lintRatings(ruleset, starts, report);
    if (recorded) lintRecorded(ruleset.document, recorded.get(ruleset)!, report);
  });
  return findings;
}

function reporter(ruleset: CompiledRuleset, findings: LintFinding[]): Report {
  return (code, path, message, suggestion) => {
    findings.push({
      code,
      severity: LINT_CODES[code],
      path: [...path],
      ruleset: ruleset.id,
      version: ruleset.version,
      inForceFrom: ruleset.inForceFrom,
      message,
      suggestion,
    });
  };
}

/** @returns the clocks of all supervised items. */
function lintItems(ruleset: CompiledRuleset, starts: StartDays, report: Report): LintedClock[] {
  const all: LintedClock[] = [];
  for (const item of ruleset.items.values()) {
    const clocks = clocksOfItem(ruleset, item);
    lintItemReach(item, ruleset.document, clocks, report);
    if (clocks.length === 0) continue;
    lintAgainstLaw(item, clocks, starts, report);
    lintSteps(item, ruleset.document.items[item.code]!.steps, clocks, starts, report);
    lintLights(clocks, starts, report);
    all.push(...clocks);
  }
  return all;
}
