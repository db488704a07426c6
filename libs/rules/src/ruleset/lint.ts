import type { Limit, WorkingCalendar } from '../calendar';
import { dueAt } from '../calendar';
import type { CompiledClockRule, CompiledItem, Threshold } from './compile-rules';
import type { RuleBook } from './rule-book';

export type LintCode =
  | 'missing-limit'
  | 'unsupervised'
  | 'promise-over-statutory'
  | 'steps-over-promise'
  | 'yellow-from-start'
  | 'never-lit'
  | 'unknown-department'
  | 'calendar-ends'
  | 'calendar-starts-late'
  | 'mixed-units';

/** Something in a ruleset that an administrator should look at, with the place and what to do. */
export interface LintFinding {
  code: LintCode;
  severity: 'error' | 'warning';
  /** Path in the document: `items`, `A0101`, `promise`. */
  path: string[];
  ruleset: string;
  version: string;
  message: string;
  suggestion: string;
}

/** With fewer published days left, limits that start today leave the calendar. */
const DAYS_AHEAD = 90;

/**
 * First checks of a rule book: what the law, the calendar or plain sense contradicts. Limits are compared by the due
 * instants that they give from `today`, so that days and hours can be held against each other.
 */
export function lintRules(book: RuleBook, today: number): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const ruleset of book.rulesets) {
    const calendar = book.calendarOf(ruleset);
    const add = (
      code: LintCode,
      severity: LintFinding['severity'],
      path: string[],
      message: string,
      suggestion: string,
    ): void => {
      findings.push({
        code,
        severity,
        path,
        ruleset: ruleset.id,
        version: ruleset.version,
        message,
        suggestion,
      });
    };
    const isNewest = ruleset === book.newest.ruleset;
    const daysLeft = calendar.publishedDaysLeft(today);
    if (isNewest && daysLeft !== null && daysLeft < DAYS_AHEAD)
      add(
        'calendar-ends',
        daysLeft < 0 ? 'error' : 'warning',
        ['calendar'],
        `calendar ${calendar.id} is published for ${daysLeft} more days; limits that pass its end are provisional`,
        "add the next year's notice to the calendar as soon as it is out",
      );
    if (ruleset.inForceFromDay < calendar.publishedFrom)
      add(
        'calendar-starts-late',
        'warning',
        ['inForceFrom'],
        `the ruleset is in force before calendar ${calendar.id} begins`,
        'extend the calendar backwards, or let the ruleset begin later',
      );
    for (const item of ruleset.items.values())
      lintItem(item, ruleset.document.departments, calendar, today, add);
  }
  return findings;
}

type Add = (
  code: LintCode,
  severity: LintFinding['severity'],
  path: string[],
  message: string,
  suggestion: string,
) => void;

function lintItem(
  item: CompiledItem,
  departments: Record<string, unknown>,
  calendar: WorkingCalendar,
  today: number,
  add: Add,
): void {
  const path = ['items', item.code];
  const due = (limit: Limit): number => dueAt(calendar, limit, today).dueAt!;
  if (item.promise === undefined)
    add(
      'missing-limit',
      'error',
      path,
      `${item.name} has no promised limit: its cases are grey`,
      'write promise: 7wd, or promise: none where there is none on purpose',
    );
  if (item.promise === null && item.statutory === null)
    add(
      'unsupervised',
      'warning',
      path,
      `${item.name} has neither a promise nor a statutory limit: its decisions are never late`,
      'give it one of the two, unless nobody is to watch it',
    );
  if (item.department !== null && Object.keys(departments).length > 0 && !(item.department in departments))
    add(
      'unknown-department',
      'error',
      [...path, 'department'],
      `department ${item.department} is not in the list of departments`,
      'add it to departments, or correct the code',
    );

  const promise = limitOf(item.promise);
  const statutory = limitOf(item.statutory);
  if (promise && statutory && due(promise) > due(statutory))
    add(
      'promise-over-statutory',
      'error',
      [...path, 'promise'],
      `the promise ${promise.text} ends after the statutory limit ${statutory.text}`,
      'a promise can only be shorter than the law: correct one of the two',
    );
  lintSteps(item, promise, calendar, today, add);
  for (const [name, rule] of Object.entries({
    acceptance: item.acceptance,
    promise: item.promise,
    statutory: item.statutory,
    delivery: item.delivery,
  }))
    if (rule) lintLights(rule, [...path, name], calendar, today, add);
}

function lintSteps(
  item: CompiledItem,
  promise: Limit | null,
  calendar: WorkingCalendar,
  today: number,
  add: Add,
): void {
  if (item.steps === null) return;
  const limits: Limit[] = [];
  for (const [code, step] of item.steps) {
    if (step.rule === null || step.rule.limit === 'carried') continue;
    limits.push(step.rule.limit);
    lintLights(step.rule, ['items', item.code, 'steps', code], calendar, today, add);
  }
  if (promise === null || limits.length === 0) return;
  if (limits.some((limit) => limit.unit !== limits[0]!.unit || limit.unit !== promise.unit)) {
    add(
      'mixed-units',
      'warning',
      ['items', item.code, 'steps'],
      'steps and promise are counted in different units, so that their sum cannot be checked',
      'write them in one unit',
    );
    return;
  }
  const sum = limits.reduce((total, limit) => total + limit.amount, 0);
  if (sum > promise.amount)
    add(
      'steps-over-promise',
      'warning',
      ['items', item.code, 'steps'],
      `the steps add up to more than the promise ${promise.text}`,
      'shorten a step: a case can be late although each step was in time',
    );
}

function lintLights(
  rule: CompiledClockRule,
  path: string[],
  calendar: WorkingCalendar,
  today: number,
  add: Add,
): void {
  const { limit } = rule;
  if (limit === 'carried' || limit.amount === 0) return;
  const first = rule.yellowBefore.find((threshold) => isWholeLimit(threshold, limit, calendar, today));
  // A limit of a day or two is yellow from the start by the usual threshold of one day: that is what it says.
  if (first && limit.amount > 1 && !(limit.unit === 'working-day' && limit.amount <= 2))
    add(
      'yellow-from-start',
      'warning',
      path,
      `the yellow threshold is not shorter than the limit ${limit.text}`,
      'shorten the threshold: a light that is always on warns nobody',
    );
  if (rule.redAfter === null && rule.yellowBefore.length === 0)
    add(
      'never-lit',
      'warning',
      path,
      `the clock ${limit.text} has neither a yellow threshold nor a red light`,
      'add yellowBefore, or write none for no clock',
    );
}

function isWholeLimit(threshold: Threshold, limit: Limit, calendar: WorkingCalendar, today: number): boolean {
  if ('percent' in threshold) return threshold.percent >= 100;
  return dueAt(calendar, threshold.limit, today).dueAt! >= dueAt(calendar, limit, today).dueAt!;
}

function limitOf(rule: CompiledClockRule | null | undefined): Limit | null {
  return !rule || rule.limit === 'carried' ? null : rule.limit;
}
