import type { ComplaintFacts } from './fold-complaint';
import type { ComplaintVerdictAt } from './complaint-at';

/** What one complaint adds to the month of a department. */
export interface ComplaintCounts {
  /** Closed in the month and found valid, or in part: counts for the department complained about. */
  isValid: boolean;
  /** Handling limits that ran out or were kept in the month: count for the department that handles it. */
  due: number;
  /** Of those the ones not kept, each by its due instant. */
  lateAt: number[];
}

/**
 * What a complaint adds to a month, from its first instant until before the first of the next (epoch ms), as known at `now`. A limit
 * counts in the month in which it runs out, whenever the reply came; one that runs on beyond `now` does not count yet. Pure.
 */
export function complaintCounts(
  facts: Pick<ComplaintFacts, 'verdict' | 'feedbacks' | 'handler'>,
  { tracks }: Pick<ComplaintVerdictAt, 'tracks'>,
  { from, until }: { from: number; until: number },
  now: number,
): ComplaintCounts {
  const isWithin = (at: number): boolean => at >= from && at < until;
  const closedAt = facts.feedbacks[facts.feedbacks.length - 1]?.closedAt ?? null;
  const due =
    facts.handler === null
      ? []
      : tracks.filter(({ clock, dueAt }) => clock.startsWith('handle#') && isWithin(dueAt) && dueAt < now);
  return {
    isValid: facts.verdict !== null && facts.verdict !== 'invalid' && closedAt !== null && isWithin(closedAt),
    due: due.length,
    lateAt: due.flatMap(({ dueAt, finishedAt }) =>
      finishedAt === null || finishedAt > dueAt ? [dueAt] : [],
    ),
  };
}
