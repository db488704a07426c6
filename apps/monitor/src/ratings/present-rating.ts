import type { CaseRatingRow, RatingAppealRow, RatingSums } from '@mingjian/store';
import type { Presenter } from '../api/present';
import { presentEvent } from '../orders/present-order';
import type { RatingAppealSeen } from './rating-appeal-desk';
import {
  RATING_APPEAL_ACT_NAMES,
  RATING_APPEAL_REASON_NAMES,
  RATING_APPEAL_STATE_NAMES,
  RATING_GRADE_NAMES,
} from './rating-words';

/** One answer that a bad rating asks for: 回访 or 整改. */
type AnswerState = 'done' | 'done-late' | 'waiting' | 'overdue';

/**
 * A rating as lists show it. Who rated stands nowhere in the product; whether they gave their name does. `appeals` are those against
 * this rating.
 */
export function presentRating(
  row: CaseRatingRow,
  appeals: readonly RatingAppealRow[],
  now: number,
  present: Presenter,
): object {
  const last = appeals[appeals.length - 1] ?? null;
  const counts = !appeals.some(({ state }) => state === 'upheld');
  const isBad = row.bad === 1;
  return {
    rating: { caseNo: row.caseNo, source: row.source, event: row.eventId },
    caseNo: row.caseNo,
    ratedAt: present.time(row.ratedAt),
    month: row.month,
    department: row.department,
    departmentName: present.departmentName(row.department),
    item: row.itemCode,
    grade: row.grade,
    gradeName: RATING_GRADE_NAMES[row.grade] ?? String(row.grade),
    bad: isBad,
    realName: row.realName === 1,
    tags: JSON.parse(row.tags) as string[],
    counts,
    contact:
      isBad && row.realName === 1 ? answer(row.contactDueAt, row.contactedAt, counts, now, present) : null,
    rectification: isBad ? answer(row.rectifyDueAt, row.rectifiedAt, counts, now, present) : null,
    appeal:
      last === null
        ? null
        : { id: last.id, no: last.no, state: last.state, stateName: RATING_APPEAL_STATE_NAMES[last.state] },
  };
}

function answer(
  dueAt: number | null,
  answeredAt: number | null,
  counts: boolean,
  now: number,
  present: Presenter,
): object {
  const doneAt = answeredAt !== null && answeredAt <= now ? answeredAt : null;
  const isLate = dueAt !== null && (doneAt ?? now) > dueAt;
  const state: AnswerState | null =
    doneAt !== null ? (isLate ? 'done-late' : 'done') : !counts ? null : isLate ? 'overdue' : 'waiting';
  return { state, dueAt: present.timeOrNull(dueAt), doneAt: present.timeOrNull(doneAt) };
}

/** 好差评统计 of a department: gross, and net of upheld appeals. Rates are shares of 1; null where there is nothing to divide by. */
export function presentRatingSums(sums: RatingSums): object {
  const { ratings, gradeSum, bad, upheld, named, contacted, rectified } = sums;
  const net = bad - upheld;
  return {
    ...sums,
    meanGrade: part(gradeSum, ratings),
    satisfaction: part(ratings - bad, ratings),
    satisfactionNet: part(ratings - bad, ratings - upheld),
    contactRate: part(contacted, named),
    contactInTimeRate: part(sums.contactedInTime, named),
    rectificationRate: part(rectified, net),
    rectificationInTimeRate: part(sums.rectifiedInTime, net),
  };
}

function part(some: number, of: number): number | null {
  return of === 0 ? null : some / of;
}

/** An appeal against a rating as lists show it. */
export function presentRatingAppealRow(row: RatingAppealRow, present: Presenter): object {
  return {
    id: row.id,
    no: row.no,
    rating: { caseNo: row.caseNo, source: row.source, event: row.eventId },
    caseNo: row.caseNo,
    grade: row.grade,
    gradeName: RATING_GRADE_NAMES[row.grade] ?? String(row.grade),
    department: row.department,
    departmentName: present.departmentName(row.department),
    reason: row.reason,
    reasonName: RATING_APPEAL_REASON_NAMES[row.reason],
    state: row.state,
    stateName: RATING_APPEAL_STATE_NAMES[row.state],
    light: row.light,
    dueAt: present.timeOrNull(row.dueAt),
    provisional: row.provisional,
    filedAt: present.time(row.filedAt),
    endedAt: present.timeOrNull(row.endedAt),
  };
}

/** An appeal against a rating with everything that was done about it. */
export function presentRatingAppeal(
  { row, facts, verdict, events }: RatingAppealSeen,
  present: Presenter,
): object {
  return {
    ...presentRatingAppealRow(row, present),
    version: facts.version,
    light: verdict.light,
    text: facts.filed.text,
    evidence: facts.filed.evidence,
    events: events.map((event) => presentEvent(event, present, RATING_APPEAL_ACT_NAMES[event.act.type])),
  };
}
