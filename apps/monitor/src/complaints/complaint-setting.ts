import type { ComplaintPolicy, ComplaintRules, RulesetDocument } from '@mingjian/contracts';
import type { RuleBook, WorkingCalendar } from '@mingjian/rules';
import { ActRefused } from '../acts/act-refused';
import { rulesOf } from '../acts/rules-of';

/** The rules for a complaint that its registration fixed: they do not reach back. */
export interface ComplaintRulesInForce {
  document: RulesetDocument;
  complaints: ComplaintRules;
  policy: ComplaintPolicy;
  calendar: WorkingCalendar;
}

/** @throws ActRefused where the rules in force then know no such policy. */
export function settingOf(
  book: RuleBook,
  registeredAt: number,
  department: string,
  name: string,
): ComplaintRulesInForce {
  const { document, calendar } = rulesOf(book, registeredAt, department);
  const { complaints } = document;
  // A policy that later rules took away still holds for what was registered under it, as far as any rules know it.
  const policy = complaints.policies[name] ?? book.newest.ruleset.document.complaints.policies[name];
  if (policy === undefined)
    throw new ActRefused(
      'unknown-policy',
      `no policy ${JSON.stringify(name)}; the ruleset knows: ${Object.keys(complaints.policies).join(', ')}`,
    );
  return { document, complaints, policy, calendar };
}

/** @throws ActRefused where the rules know no such department. */
export function requireDepartment(department: string, { document }: ComplaintRulesInForce): void {
  if (document.departments[department] !== undefined) return;
  throw new ActRefused(
    'unknown-department',
    `no department ${JSON.stringify(department)}; the ruleset knows: ${Object.keys(document.departments).join(', ') || 'none'}`,
  );
}
