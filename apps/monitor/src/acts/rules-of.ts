import type { AppealRules, OrderRules, RulesetDocument } from '@mingjian/contracts';
import { formatInstant, type RuleBook, type WorkingCalendar } from '@mingjian/rules';

/** The rules for acts of people that a moment fixes: they do not reach back, as those for cases do not. */
export interface ActRules {
  document: RulesetDocument;
  orders: OrderRules;
  appeals: AppealRules;
  /** As it holds where the department works. */
  calendar: WorkingCalendar;
}

/** The rules in force when a matter began; before the first version, those of the newest. */
export function rulesOf(book: RuleBook, beganAt: number, department: string | null): ActRules {
  const { ruleset, calendar } = book.selectAt(beganAt) ?? book.newest;
  const { document } = ruleset;
  const known = department === null ? undefined : document.departments[department];
  return {
    document,
    orders: document.orders,
    appeals: document.appeals,
    calendar: calendar.at({ department, district: known?.district ?? null, hall: known?.hall ?? null }),
  };
}

/** The year of an instant where the calendar is. */
export function yearOf(calendar: WorkingCalendar, instant: number): number {
  return Number(formatInstant(instant, calendar.zone).slice(0, 4));
}
