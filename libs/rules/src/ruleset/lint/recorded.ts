import type { RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import { foldTimeline } from '../../clock/fold-timeline';
import type { CompiledRuleset } from '../compile-rules';
import type { RuleBook } from '../rule-book';
import type { Report } from './lint-finding';

/** What the cases of a record named, by the version that judges them: item, and step of it, with how many cases. */
export type Recorded = Map<CompiledRuleset, RecordedItems>;
type RecordedItems = Map<string, { cases: number; steps: Map<string, number> }>;

/** Counts items and steps of recorded cases (by case number, as events) under the version in force for each. */
export function countRecorded(
  book: RuleBook,
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
): Recorded {
  const recorded: Recorded = new Map();
  for (const ruleset of book.rulesets) recorded.set(ruleset, new Map());
  for (const [caseNo, events] of cases) {
    const facts = foldTimeline(caseNo, events);
    if (facts.item === null) continue;
    const rules = book.selectAt(facts.acceptedAt ?? facts.submittedAt ?? facts.firstEventAt);
    if (rules === null) continue;
    const items = recorded.get(rules.ruleset)!;
    const item = items.get(facts.item) ?? { cases: 0, steps: new Map<string, number>() };
    items.set(facts.item, item);
    item.cases++;
    for (const step of new Set(facts.steps.map((run) => run.step)))
      item.steps.set(step, (item.steps.get(step) ?? 0) + 1);
  }
  return recorded;
}

/** Rules that no recorded case had, and what was recorded without a rule. */
export function lintRecorded({ items }: RulesetDocument, recorded: RecordedItems, report: Report): void {
  for (const [code, { name, enabled, steps }] of Object.entries(items)) {
    if (!enabled) continue;
    const seen = recorded.get(code);
    if (seen === undefined) {
      report(
        'item-not-recorded',
        ['items', code],
        `no recorded case is of ${name}`,
        'check the code against that of the department: its cases may come under another',
      );
      continue;
    }
    if (steps === undefined) continue;
    for (const step of Object.keys(steps))
      if (!seen.steps.has(step))
        report(
          'step-not-recorded',
          ['items', code, 'steps', step],
          `none of ${seen.cases} recorded cases of ${name} has step ${step}`,
          'check the code against that of the department, or remove the step',
        );
    for (const [step, cases] of seen.steps)
      if (!Object.hasOwn(steps, step))
        report(
          'recorded-step-unknown',
          ['items', code, 'steps'],
          `${cases} recorded cases of ${name} have step ${step}, which the item does not have`,
          'add the step, or map it to another',
        );
  }
  for (const [code, { cases }] of recorded)
    if (!Object.hasOwn(items, code))
      report(
        'recorded-item-unknown',
        ['items'],
        `${cases} recorded cases are of item ${code}, which no rule has: they are grey`,
        'add the item, or map it to another',
      );
}
