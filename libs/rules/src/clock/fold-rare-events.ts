import type { TimelineEvent } from '@mingjian/contracts';
import type { CaseFacts } from './case-facts';

/** 指派检验人员: each assignment counts for itself. */
export function foldAssignment(facts: CaseFacts, { id, occurredAt, data }: TimelineEvent): void {
  facts.assignments = [
    ...facts.assignments,
    { eventId: id, at: occurredAt, inspectors: data.inspectors ?? 0 },
  ];
}

/** 听证: which notice announces, and which hearing answers, a request is asked when its clocks are made. */
export function foldHearing(facts: CaseFacts, { id, type, occurredAt: at }: TimelineEvent): void {
  const hearing = (facts.hearing ??= { informedAt: null, requests: [], notifiedAt: [], heldAt: [] });
  if (type === 'hearing.informed') hearing.informedAt = at;
  else if (type === 'hearing.requested')
    hearing.requests.push({ eventId: id, at, informedAt: hearing.informedAt });
  else if (type === 'hearing.notified') hearing.notifiedAt.push(at);
  else hearing.heldAt.push(at);
}

/** 好差评: a rating without a grade is neither good nor bad. */
export function foldRating(
  facts: CaseFacts,
  { source, id, type, occurredAt: at, receivedAt, data }: TimelineEvent,
): void {
  if (type === 'case.rated' && data.grade === undefined) return;
  const ratings = (facts.ratings ??= { ratings: [], answers: [] });
  if (type === 'case.rated')
    ratings.ratings.push({
      ...{ source, eventId: id, at, receivedAt },
      ...{ grade: data.grade!, hasRealName: data.realName === true, tags: data.tags ?? [] },
    });
  else
    ratings.answers.push({
      at,
      type: type === 'rating.contacted' ? 'contact' : 'rectification',
      rating: data.rating ?? null,
    });
}
