import type { Acceptance } from './acceptance';
import type { Clock } from './clock';
import { clockOf } from './clock';
import { readLimit } from './count';
import type { End } from './end';
import type { OfficeDays } from './office-days';
import type { CaseRecord, Hold } from './record';
import { firstSaid } from './record';
import type { ItemRules, WrittenRule } from './written-rules';
import { asPromised } from './written-rules';

/** What the clocks from the acceptance to the decision share. */
export interface Deciding {
  record: CaseRecord;
  rules: ItemRules;
  acceptance: Acceptance;
  promiseCounting: 'wd' | 'wd@time';
  days: OfficeDays;
  end: End;
  /** 特别程序 within the case. */
  holds: readonly Hold[];
}

export interface DecisionClocks {
  promise: Clock | null;
  statutory: Clock | null;
  forwarding: Clock | null;
  renewal: Clock | null;
  inspection: Clock | null;
}

/** The clocks that begin with the acceptance; null where there is none. @see README of this library: Clocks. */
export function decisionClocks(deciding: Deciding): DecisionClocks {
  const { record, rules, acceptance, days, end, holds } = deciding;
  const from = (name: string, said: WrittenRule | undefined): Clock => ({
    ...clockOf(name, acceptance.acceptedAt, end.at, said, days),
    seenFrom: acceptance.seenFrom,
  });
  const limited = (name: 'promise' | 'statutory'): Clock | null => {
    const said = rules[name];
    if (acceptance.acceptedAt === Infinity || said === 'none') return null;
    return {
      ...from(name, said),
      allowed: said === undefined ? null : allowedBy(deciding, name, said),
      holds,
      extensions: extensionThatCounts(record, rules.extensionMaxDays),
    };
  };
  const one = (name: 'forwarding' | 'inspection'): Clock | null => {
    const said = rules[name];
    return acceptance.acceptedAt === Infinity || said === 'none' ? null : from(name, said);
  };
  const forwarding = one('forwarding');
  const inspection = one('inspection');
  const expiresAt = firstSaid(record, 'permitExpiresAt');
  const isRenewal = acceptance.acceptedAt !== Infinity && expiresAt !== undefined && rules.renewal !== 'none';
  return {
    promise: limited('promise'),
    statutory: limited('statutory'),
    forwarding: forwarding && { ...forwarding, holds },
    renewal: isRenewal
      ? {
          ...from('renewal', rules.renewal as WrittenRule),
          allowed: { carriedDueAt: Date.parse(expiresAt) },
        }
      : null,
    inspection: inspection && {
      ...inspection,
      // Assigned before the acceptance: nobody had to be waited for.
      end: Math.min(end.at, Math.max(assignedAt(record), acceptance.acceptedAt)),
    },
  };
}

/** 行政许可法 55: two persons or more; one alone is no assignment. */
function assignedAt(record: CaseRecord): number {
  const assigned = record.events.find(
    ({ type, data }) => type === 'inspectors.assigned' && (data.inspectors ?? 0) >= 2,
  );
  return assigned?.occurredAt ?? Infinity;
}

/** `carried`: the due instant that the case carries, else the limit that it carries. */
function allowedBy(deciding: Deciding, name: 'promise' | 'statutory', said: WrittenRule): Clock['allowed'] {
  const { record, promiseCounting } = deciding;
  let { limit } = said;
  if (limit === 'carried') {
    const dueAt = firstSaid(record, `${name}DueAt`);
    if (dueAt !== undefined) return { carriedDueAt: Date.parse(dueAt) };
    const carried = firstSaid(record, `${name}Limit`);
    if (carried === undefined) return null;
    limit = name === 'promise' ? asPromised(carried, promiseCounting) : carried;
  }
  return readLimit(name === 'promise' && isAfterCutOff(deciding, limit) ? '1wd' : limit);
}

/** 即办件 accepted late on a working day are due at the end of the next one. */
function isAfterCutOff({ rules, acceptance, days }: Deciding, limit: string): boolean {
  if (rules.cutOff === undefined || !/^0+wd$/.test(limit)) return false;
  const [hour, minute] = rules.cutOff.split(':').map(Number) as [number, number];
  const isWorked = days.at(acceptance.acceptedAt).open.length > 0;
  return isWorked && days.timeOf(acceptance.acceptedAt) >= (hour * 60 + minute) * 60_000;
}

/** 行政许可法 42: the first extension within the days allowed, with an approver and a notice to the applicant, where the format has fields for them. */
function extensionThatCounts(record: CaseRecord, mostDays: number): { at: number; days: number }[] {
  const granted = record.events.find(
    ({ type, data }) =>
      type === 'case.extended' &&
      (data.days ?? 0) <= mostDays &&
      (data.approver !== undefined || data.cannotExpress?.includes('approver')) &&
      (data.notice !== undefined || data.cannotExpress?.includes('notice')),
  );
  return granted ? [{ at: granted.occurredAt, days: granted.data.days ?? 0 }] : [];
}
