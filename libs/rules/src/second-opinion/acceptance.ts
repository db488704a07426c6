import type { Clock } from './clock';
import { clockOf } from './clock';
import { dueOf, readLimit } from './count';
import type { OfficeDays } from './office-days';
import type { End } from './end';
import type { CaseRecord } from './record';
import { earliest, when } from './record';
import type { ItemRules } from './written-rules';

/** From when a case is accepted, and since when that is known. Infinity: it is not. */
export interface Acceptance {
  clocks: Clock[];
  acceptedAt: number;
  seenFrom: number;
  isDeemed: boolean;
}

/**
 * 行政许可法 32: five working days to answer each receipt, else accepted from that receipt. What is received after the
 * case is accepted by silence starts nothing.
 */
export function acceptanceOf(
  record: CaseRecord,
  { acceptance }: ItemRules,
  days: OfficeDays,
  refusedAt: number,
  caseEnd: End,
): Acceptance {
  const reportedAt = when(earliest(record, 'case.accepted'));
  const reported = { clocks: [], acceptedAt: reportedAt, seenFrom: reportedAt, isDeemed: false };
  if (acceptance === 'none') return reported;
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
      const answers = [reportedAt, refusedAt, ...notices];
      if (at <= caseEnd.lastBegin) answers.push(caseEnd.at);
      const answeredAt = Math.min(...answers.filter((answer) => answer >= at));
      const due = dueOf(days, readLimit(acceptance.limit), at, []);
      return { clock: clockOf(name, at, answeredAt, acceptance, days), isSilent: answeredAt > due, due };
    });
  const silent = receipts
    // Accepted before it was received, as some records have it: nobody was silent.
    .filter(({ isSilent, clock }) => isSilent && !(reportedAt < clock.start))
    .sort((a, b) => a.due - b.due || a.clock.start - b.clock.start)[0];
  const clocks = receipts.map(({ clock }) => clock);
  if (!silent) return { ...reported, clocks };
  return {
    clocks: clocks.filter(({ start }) => start <= silent.due),
    acceptedAt: silent.clock.start,
    seenFrom: silent.due + 1,
    isDeemed: true,
  };
}
