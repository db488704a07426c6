import type { CaseAnswer, CaseClock } from '../api/answers';
import { api, read } from '../api/client';
import type { Rating, RatingAppealRow, RatingIdentity, RatingReply } from './answers';

/** One rating with its case and the appeals against it; null where there is no such rating that somebody may see. */
export interface OneRating {
  rating: Rating;
  one: CaseAnswer;
  appeals: RatingAppealRow[];
}

const MOST = 200;
const isSame = (a: RatingIdentity, b: RatingIdentity): boolean =>
  a.caseNo === b.caseNo && a.source === b.source && a.event === b.event;

export async function readRating(wanted: RatingIdentity): Promise<OneRating | null> {
  const { caseNo } = wanted;
  const query = { caseNo, limit: MOST };
  const { ratings } = await read<{ ratings: Rating[] }>(api.GET('/v1/ratings', { params: { query } }));
  const rating = ratings.find((one) => isSame(one.rating, wanted));
  if (rating === undefined) return null;
  const [one, { appeals }] = await Promise.all([
    read<CaseAnswer>(api.GET('/v1/cases/{id}', { params: { path: { id: caseNo } } })),
    read<{ appeals: RatingAppealRow[] }>(api.GET('/v1/rating-appeals', { params: { query } })),
  ]);
  return { rating, one, appeals: appeals.filter((appeal) => isSame(appeal.rating, wanted)) };
}

/** The clock that a reply ends: `rating-contact#2` counts the bad ratings of the case, which its beginning and end tell apart. */
export function clockOf(
  { rating, one }: OneRating,
  kind: 'rating-contact' | 'rectification',
  reply: RatingReply,
): CaseClock | undefined {
  // What an appeal cleared has no lights any more.
  if (!rating.counts) return undefined;
  return one.verdict.clocks.find(
    ({ clock, startedAt, finishedAt }) =>
      clock.startsWith(`${kind}#`) && startedAt === rating.ratedAt && finishedAt === reply.doneAt,
  );
}
