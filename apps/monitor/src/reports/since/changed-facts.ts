import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CaseFact, RuleBook } from '@mingjian/rules';
import { casesTouchedSince, loadTimelines, upheldSince, type Queryable } from '@mingjian/store';
import { booksSince, factThenAndNow, type FactThenAndNow } from './fact-then-and-now';
import { sumsOfFact } from './sums-of-fact';

/** Cases that are judged at once; between two such pieces others get their turn. */
const PIECE = 200;

/** A case that counts otherwise in a month than it did. */
export interface ChangedFact extends FactThenAndNow {
  caseNo: string;
}

/** Which month, as it was known when. */
export interface ChangedFactsRequest {
  month: string;
  /** The month's first instant, and the first of the next (epoch ms). */
  from: number;
  until: number;
  knownAt: number;
  at: number;
}

/**
 * 当时所知: the cases that count otherwise in a month than they did with what was known at `knownAt`, with the causes, in order of
 * their numbers. A case counts otherwise where its department or any of its sums differ. Only cases that can differ are judged
 * again: those with an event received since or a row written since; all of the month where rules or calendars became known since.
 */
export async function changedFacts(
  from: Queryable,
  book: RuleBook,
  request: ChangedFactsRequest,
): Promise<ChangedFact[]> {
  const { month, knownAt, at } = request;
  const books = booksSince(book, knownAt);
  const view = (fact: CaseFact | null): string => viewOf(fact, month);
  const nothing = view(null);
  const upheld = new Set(await upheldSince(from, month, knownAt));
  const touched = await casesTouchedSince(from, request, books.then !== books.now);
  const caseNos = [...new Set([...touched, ...upheld])].sort();
  const changed: ChangedFact[] = [];
  for (let start = 0; start < caseNos.length; start += PIECE) {
    const timelines = await loadTimelines(from, caseNos.slice(start, start + PIECE));
    for (const [caseNo, events] of timelines) {
      const fact = factThenAndNow(caseNo, events, books, knownAt, at, view);
      // On the way there may have been a difference that a later step took back.
      const isSame = view(fact.then) === view(fact.now);
      if (isSame) fact.because = [];
      if (upheld.has(caseNo) && view(fact.now) !== nothing) fact.because.push('appeal');
      if (fact.because.length > 0) changed.push({ caseNo, ...fact });
    }
    await nextTurn();
  }
  return changed;
}

function viewOf(fact: CaseFact | null, month: string): string {
  if (fact === null || (fact.acceptedMonth !== month && fact.endedMonth !== month)) return '';
  return JSON.stringify([fact.department, sumsOfFact(fact, month)]);
}
