import type { OrderRule } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { dueBefore } from '../calendar/due-at';
import { parseLimit } from '../calendar/limit';

/** A light or a finding that holds, and that no order of the rule rests on yet. */
export interface OrderCandidate {
  /** Stable identity of the source. */
  key: string;
  caseNo: string;
  department: string | null;
  /** When it became true. */
  at: number;
}

/** An order that a rule asks for. */
export interface OrderWanted<T extends OrderCandidate> {
  department: string;
  sources: T[];
}

/**
 * Groups what a rule is about by department or by case, and asks for an order where enough has come together. Each group
 * gives one order with all of its sources: what comes later begins to count anew. Without a department there is nobody to
 * address.
 */
export function ordersByRule<T extends OrderCandidate>(
  rule: Pick<OrderRule, 'count' | 'per'>,
  candidates: readonly T[],
): OrderWanted<T>[] {
  const groups = new Map<string, OrderWanted<T>>();
  const inOrder = [...candidates].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  for (const candidate of inOrder) {
    if (candidate.department === null) continue;
    const name =
      rule.count === 1
        ? candidate.key
        : JSON.stringify([candidate.department, rule.per === 'case' ? candidate.caseNo : null]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { department: candidate.department, sources: [candidate] });
    else group.sources.push(candidate);
  }
  return [...groups.values()].filter(({ sources }) => sources.length >= rule.count);
}

/** The first instant that lies within a rule's time before `at`. */
export function withinFrom(rule: Pick<OrderRule, 'within'>, calendar: WorkingCalendar, at: number): number {
  return dueBefore(calendar, parseLimit(rule.within), at).dueAt!;
}
