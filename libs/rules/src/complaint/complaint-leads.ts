import type { ComplaintKind, ComplaintRules, ComplaintState, ComplaintVerdict } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { withinFrom } from '../order/orders-by-rule';

/** A complaint as far as it counts towards a lead. */
export interface LeadComplaint {
  id: number;
  department: string;
  kind: ComplaintKind;
  registeredAt: number;
  state: ComplaintState;
  verdict: ComplaintVerdict | null;
  /** The first complaint of the same person about the same matter; null: this is it, or nobody knows. */
  repeatOf: number | null;
  reopened: number;
}

/** 问题线索: what an inspector may hand to discipline inspection. It says what came together, never that somebody is guilty. */
export interface ComplaintLead {
  why: 'same-kind' | 'same-matter' | 'reopened';
  department: string;
  kind: ComplaintKind;
  /** What came together: complaints, or times reopened. */
  count: number;
  /** Ids, earliest first. */
  complaints: number[];
}

/**
 * Lead candidates at an instant (ESC-1): complaints of one kind about one department, complaints of one person about one matter,
 * and complaints that were reopened often. Refused, withdrawn and invalid ones count for none: nobody is to be suspected because
 * of what proved wrong.
 * @see 南京雨花台（同一问题投诉 3 次）、沂南（重办 5 次）
 */
export function complaintLeads(
  complaints: readonly LeadComplaint[],
  rules: ComplaintRules,
  calendar: WorkingCalendar,
  at: number,
): ComplaintLead[] {
  const since = withinFrom({ within: rules.leadWithin }, calendar, at);
  const counted = complaints
    .filter(({ state, verdict }) => state !== 'refused' && state !== 'withdrawn' && verdict !== 'invalid')
    .sort((a, b) => a.registeredAt - b.registeredAt || a.id - b.id);
  const recent = counted.filter(({ registeredAt }) => registeredAt >= since && registeredAt <= at);
  const enough = (why: ComplaintLead['why'], keyOf: (one: LeadComplaint) => string): ComplaintLead[] =>
    [...grouped(recent, keyOf).values()]
      .filter((group) => group.length >= rules.leadComplaints)
      .map((group) => ({
        why,
        department: group[0]!.department,
        kind: group[0]!.kind,
        count: group.length,
        complaints: group.map(({ id }) => id),
      }));
  return [
    ...enough('same-kind', ({ department, kind }) => JSON.stringify([department, kind])),
    ...enough('same-matter', ({ id, repeatOf }) => String(repeatOf ?? id)),
    ...counted
      .filter(({ reopened }) => reopened >= rules.leadReopened)
      .map(({ id, department, kind, reopened }) => ({
        why: 'reopened' as const,
        department,
        kind,
        count: reopened,
        complaints: [id],
      })),
  ];
}

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
