import type { RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import type { WrittenLimit } from './count';
import { dueOf, readLimit } from './count';
import type { OfficeDays } from './office-days';
import type { CaseRecord, Hold } from './record';
import { earliest, firstSaid } from './record';
import type { ItemRules, Said, WrittenRule } from './written-rules';
import { asPromised, suspensionRule } from './written-rules';

/** One clock of a case: from when to when, by what rule, and what may move it. Infinity: has not ended. */
export interface Clock {
  clock: string;
  start: number;
  seenFrom: number;
  end: number;
  rule: WrittenRule | null;
  /** A limit, the due instant that the case carries, or null where nobody knows. */
  allowed: WrittenLimit | { carriedDueAt: number } | null;
  holds: readonly Hold[];
  extensions: readonly { at: number; days: number }[];
  coloursCase: boolean;
}

/** All clocks of a case. @see README of this library: Clocks. */
export function clocksOf(
  record: CaseRecord,
  rules: ItemRules,
  ruleset: RulesetDocument,
  days: OfficeDays,
): Clock[] {
  const decided = earliest(record, 'case.decided');
  const otherEnd = when(earliest(record, 'case.forwarded', 'case.withdrawn', 'case.returned', 'case.voided'));
  const refusedAt = when(earliest(record, 'case.not-accepted'));
  const acceptance = acceptanceClocks(record, rules, days, Math.min(when(decided), otherEnd, refusedAt));
  // Accepted by silence already, a case can no longer be refused.
  const refusalEnds = acceptance.isDeemed && refusedAt >= acceptance.seenFrom ? Infinity : refusedAt;
  const end = Math.min(when(decided), otherEnd, refusalEnds);
  const isDecided = decided !== undefined && decided.occurredAt === end;
  // 特别程序 lie within the case: what begins after it is none, what is open at its end ends with it.
  const holds = record.holds
    .filter((hold) => hold.from <= end)
    .map((hold) => ({ ...hold, to: Math.min(hold.to, end) }));
  const clocks = [...acceptance.clocks];
  if (acceptance.acceptedAt !== Infinity)
    for (const name of ['promise', 'statutory'] as const) {
      const said = rules[name];
      if (said === 'none') continue;
      clocks.push({
        ...clock(name, acceptance.acceptedAt, end, said),
        seenFrom: acceptance.seenFrom,
        allowed: allowedBy(record, name, said, ruleset),
        holds,
        extensions: extensionThatCounts(record, rules.extensionMaxDays),
      });
    }
  record.holds.forEach((reported, index) => {
    const hold = holds[index];
    if (!hold) return;
    const rule =
      reported.daysApplied === undefined ? undefined : suspensionRule(ruleset, reported.daysApplied);
    clocks.push({ ...clock(`suspension#${index + 1}`, hold.from, hold.to, rule), coloursCase: !!rule });
  });
  for (const run of record.steps) {
    const rule = rules.steps?.get(run.step);
    if (!rule || run.from === null) continue;
    // 制证 begins after the decision: only what was under way ends with the case.
    const stepEnd = end >= run.from ? Math.min(run.to, end) : run.to;
    clocks.push({ ...clock(run.clock, run.from, stepEnd, rule), holds, coloursCase: false });
  }
  const isIssued = isDecided && !['refused', 'terminated'].includes(decided.data.result ?? '');
  if (isIssued && rules.delivery !== 'none')
    clocks.push(clock('delivery', end, when(earliest(record, 'case.delivered')), rules.delivery));
  return clocks;
}

/**
 * 行政许可法 32: five working days to answer each receipt, else accepted from that receipt. What is received after the
 * case is accepted by silence starts nothing.
 */
function acceptanceClocks(
  record: CaseRecord,
  { acceptance }: ItemRules,
  days: OfficeDays,
  endedAt: number,
): { clocks: Clock[]; acceptedAt: number; seenFrom: number; isDeemed: boolean } {
  const reportedAt = when(earliest(record, 'case.accepted'));
  const reported = { clocks: [] as Clock[], acceptedAt: reportedAt, seenFrom: reportedAt, isDeemed: false };
  if (acceptance === 'none' || acceptance === undefined) return reported;
  const receipts = [
    { at: when(earliest(record, 'case.submitted')), notice: null, name: 'acceptance' },
    ...record.notices.map((notice, index) => ({
      at: notice.complementAt,
      notice,
      name: `acceptance#${index + 2}`,
    })),
  ]
    .filter(({ at }) => at !== Infinity)
    .map(({ at, notice, name }) => {
      // The notice that a complement answers is no answer to the complement.
      const notices = record.notices.filter((other) => other !== notice).map((other) => other.at);
      const answers = [reportedAt, when(earliest(record, 'case.not-accepted')), endedAt, ...notices];
      const answeredAt = Math.min(...answers.filter((answer) => answer >= at));
      const due = dueOf(days, readLimit(acceptance.limit), at, []);
      return { ...clock(name, at, answeredAt, acceptance), isSilent: answeredAt > due, due };
    });
  const silent = receipts
    // Accepted before it was received, as some records have it: nobody was silent.
    .filter(({ isSilent, start }) => isSilent && !(reportedAt < start))
    .sort((a, b) => a.due - b.due || a.start - b.start)[0];
  if (!silent) return { ...reported, clocks: receipts };
  return {
    clocks: receipts.filter(({ start }) => start <= silent.due),
    acceptedAt: silent.start,
    seenFrom: silent.due + 1,
    isDeemed: true,
  };
}

function clock(name: string, start: number, end: number, said: Said): Clock {
  const rule = said === undefined || said === 'none' ? null : said;
  return {
    clock: name,
    start,
    seenFrom: start,
    end,
    rule,
    allowed: rule === null || rule.limit === 'carried' ? null : readLimit(rule.limit),
    holds: [],
    extensions: [],
    coloursCase: true,
  };
}

/** `carried`: the due instant that the case carries, else the limit that it carries. */
function allowedBy(
  record: CaseRecord,
  name: 'promise' | 'statutory',
  said: WrittenRule | undefined,
  { switches }: RulesetDocument,
): Clock['allowed'] {
  if (said === undefined) return null;
  if (said.limit !== 'carried') return readLimit(said.limit);
  const dueAt = firstSaid(record, `${name}DueAt`);
  if (dueAt !== undefined) return { carriedDueAt: Date.parse(dueAt) };
  const limit = firstSaid(record, `${name}Limit`);
  if (limit === undefined) return null;
  return readLimit(name === 'promise' ? asPromised(limit, switches.promiseCounting) : limit);
}

/** 行政许可法 42: the first extension within the days allowed, with an approver and a notice to the applicant. */
function extensionThatCounts(record: CaseRecord, mostDays: number): { at: number; days: number }[] {
  const granted = record.events.find(
    ({ type, data }) =>
      type === 'case.extended' &&
      (data.days ?? 0) <= mostDays &&
      data.approver !== undefined &&
      data.notice !== undefined,
  );
  return granted ? [{ at: granted.occurredAt, days: granted.data.days ?? 0 }] : [];
}

function when(event: TimelineEvent | undefined): number {
  return event?.occurredAt ?? Infinity;
}
