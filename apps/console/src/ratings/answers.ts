import type { MatterEvent } from '../actions/answers';
import type { Light } from '../api/answers';

/** What names a rating for good: the event that reported it. */
export interface RatingIdentity {
  caseNo: string;
  source: string;
  event: string;
}

/** How a bad rating was answered by a call (回访) or a correction (整改); `state` is null where the rating counts no longer. */
export interface RatingReply {
  state: 'waiting' | 'overdue' | 'done' | 'done-late' | null;
  dueAt: string | null;
  doneAt: string | null;
}

/** 评价 of a case. Who rated stands nowhere in the product: only whether they gave their name. */
export interface Rating {
  rating: RatingIdentity;
  caseNo: string;
  ratedAt: string;
  department: string | null;
  departmentName: string | null;
  grade: number;
  gradeName: string;
  bad: boolean;
  realName: boolean;
  tags: string[];
  /** False: an appeal cleared it; it is in no net figure. */
  counts: boolean;
  /** Null: none is due. */
  contact: RatingReply | null;
  rectification: RatingReply | null;
  /** The last appeal against it. */
  appeal: { id: number; no: string; stateName: string } | null;
}

export const RATING_APPEAL_STATES = ['filed', 'upheld', 'dismissed', 'withdrawn'] as const;

/** 差评申诉 as lists show it. */
export interface RatingAppealRow {
  id: number;
  no: string;
  rating: RatingIdentity;
  caseNo: string;
  gradeName: string;
  department: string;
  departmentName: string | null;
  reasonName: string;
  state: (typeof RATING_APPEAL_STATES)[number];
  stateName: string;
  light: Light;
  dueAt: string | null;
  filedAt: string;
  endedAt: string | null;
}

export interface RatingAppealAnswer extends RatingAppealRow {
  version: number;
  text: string;
  evidence: string;
  events: MatterEvent[];
}

/** Address of the page of a rating. In the query, since ids of sources and events hold slashes and colons. */
export function ratingPath({ caseNo, source, event }: RatingIdentity): {
  path: string;
  query: Record<string, string>;
} {
  return { path: '/actions/ratings/one', query: { case: caseNo, source, event } };
}
