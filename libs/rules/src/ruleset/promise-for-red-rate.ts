import type { TimelineEvent } from '@mingjian/contracts';
import { judgeCase } from '../judge-case';
import { clockAt } from '../light/verdict-at';
import { happenedBy } from './backtest';
import type { RuleBook } from './rule-book';
import { withPromise } from './with-promise';

/** The answer to "how short can the promise be". */
export interface PromiseForRate {
  /** The shortest promise in working days; null where even {@link LONGEST_PROMISE} would not have been enough. */
  days: number | null;
  /** Cases of the item with a promise clock, open ones among them. */
  cases: number;
  /** Of these, over that promise (over the longest one where `days` is null). */
  late: number;
  /** Still open at `until`; not late as long as the promise has not run out. */
  open: number;
}

/** 250 working days are about a year: a longer promise is none. */
export const LONGEST_PROMISE = 250;

/**
 * The shortest promise in working days under which the share of late cases of an item would have been at or under
 * `rate` (0 to 1). Suspensions and extensions count as they do today; late means past the due instant, whatever
 * `redAfter` says.
 *
 * Guarantees: pure. A longer promise never makes a case late, so the answer is found by halving: nine judgings a case
 * at most. Does not guarantee that a promise keeps to the statutory limit: hold the answer against `lint`.
 * @throws RangeError when the rate is outside 0 to 1, or no version of the ruleset has the item.
 */
export function promiseForRedRate(
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
  book: RuleBook,
  item: string,
  rate: number,
  until: number,
): PromiseForRate {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`a rate is between 0 and 1, not ${rate}`);
  if (!book.rulesets.some(({ items }) => items.has(item)))
    throw new RangeError(`no version of ruleset ${book.newest.ruleset.id} has item "${item}"`);
  const timelines = [...cases].map(([caseNo, events]) => [caseNo, happenedBy(events, until)] as const);
  const under = (days: number): PromiseForRate => {
    const counts = countLate(timelines, withPromise(book, item, `${days}wd`), item, until);
    return { days, ...counts };
  };
  const isEnough = ({ late, cases: all }: PromiseForRate): boolean => late <= rate * all;
  let best = under(LONGEST_PROMISE);
  if (!isEnough(best)) return { ...best, days: null };
  let shortest = 0;
  while (shortest < best.days!) {
    const middle = Math.floor((shortest + best.days!) / 2);
    const tried = under(middle);
    if (isEnough(tried)) best = tried;
    else shortest = middle + 1;
  }
  return best;
}

function countLate(
  timelines: readonly (readonly [string, readonly TimelineEvent[]])[],
  book: RuleBook,
  item: string,
  until: number,
): Omit<PromiseForRate, 'days'> {
  const counts = { cases: 0, late: 0, open: 0 };
  for (const [caseNo, events] of timelines) {
    const tracks = judgeCase(caseNo, events, book);
    if (tracks.itemCode !== item) continue;
    const track = tracks.clocks.find(({ kind }) => kind === 'promise');
    if (!track || track.unknownBecause !== null) continue;
    counts.cases++;
    const verdict = clockAt(track, until);
    if (track.finishedAt === null) counts.open++;
    const endedAt = track.finishedAt ?? until;
    if (verdict !== null && verdict.dueAt !== null && endedAt > verdict.dueAt) counts.late++;
  }
  return counts;
}
