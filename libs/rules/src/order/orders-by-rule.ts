import type { ComplaintHappeningKind, Light, LightKind, OrderContent, OrderRule } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { dueBefore } from '../calendar/due-at';
import { parseLimit } from '../calendar/limit';

/** A light, a finding or what became of a complaint, that holds and that no order of the rule rests on yet. */
export interface OrderCandidate {
  /** Stable identity of the source. */
  key: string;
  /** What `per: case` counts together: the number of the case; of complaints the matter. */
  subject: string;
  department: string | null;
  /** When it became true. */
  at: number;
  /** Of a light its colour and of what it is; of a finding its code; of a complaint what became of it. */
  what: { light: Light; kind: LightKind } | { finding: string } | { complaint: ComplaintHappeningKind };
}

/** An order that a rule asks for. */
export interface OrderWanted<T extends OrderCandidate> {
  content: Omit<OrderContent, 'sources'>;
  sources: T[];
}

/**
 * The orders that a rule asks for at an instant. What it is about is grouped by department or by case, and where enough has come
 * together there is one order with all of it: what comes later begins to count anew. Without a department there is nobody to
 * address.
 */
export function ordersByRule<T extends OrderCandidate>(
  rule: OrderRule,
  candidates: readonly T[],
  calendar: WorkingCalendar,
  at: number,
): OrderWanted<T>[] {
  const since = withinFrom(rule, calendar, at);
  const groups = new Map<string, OrderWanted<T>>();
  const inOrder = [...candidates].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  for (const candidate of inOrder) {
    const { department } = candidate;
    if (department === null || candidate.at < since || !isAbout(rule, candidate)) continue;
    const name =
      rule.count === 1
        ? candidate.key
        : JSON.stringify([department, rule.per === 'case' ? candidate.subject : null]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { content: contentOf(rule, department), sources: [candidate] });
    else group.sources.push(candidate);
  }
  return [...groups.values()].filter(({ sources }) => sources.length >= rule.count);
}

/** The first instant that lies within a rule's time before `at`. */
export function withinFrom(rule: Pick<OrderRule, 'within'>, calendar: WorkingCalendar, at: number): number {
  return dueBefore(calendar, parseLimit(rule.within), at).dueAt!;
}

function isAbout(rule: OrderRule, { what }: OrderCandidate): boolean {
  if (!rule.enabled) return false;
  if ('finding' in what) return rule.finding === what.finding;
  if ('complaint' in what) return rule.complaint === what.complaint;
  return rule.light === what.light && (rule.clocks?.some((kind) => kind === what.kind) ?? true);
}

function contentOf(rule: OrderRule, department: string): Omit<OrderContent, 'sources'> {
  const { colour, title, content, basis, replyWithin } = rule;
  const said = { department, colour, title, content, basis };
  return replyWithin === undefined ? said : { ...said, replyWithin };
}
