import type { TimelineEvent } from '@mingjian/contracts';
import {
  bookAsKnownAt,
  caseFact,
  eventsKnownAt,
  judgeInDetail,
  RuleBook,
  verdictAt,
  type CaseFact,
  type WorkingCalendar,
} from '@mingjian/rules';

/** Why a case counts otherwise than it did. */
export type ChangeCause =
  | 'late-data' // 补报数据: it had happened and was reported later
  | 'happened-since' // it happened after that instant
  | 'time' // nothing was reported: a limit ran out, and the case counts as accepted or ended
  | 'calendar' // the working calendar was corrected
  | 'rules' // a version of the rules became known later
  | 'appeal'; // an appeal was upheld

/** A case as it counted then and as it counts now, and what made the difference, in the order in which it is looked for. */
export interface FactThenAndNow {
  then: CaseFact | null;
  now: CaseFact | null;
  because: ChangeCause[];
}

/** The books between what was known at an instant and what is known now. */
export interface BooksSince {
  then: RuleBook;
  /** The rules of then with the calendars of now. */
  recalculated: RuleBook;
  now: RuleBook;
}

/** @param knownAt epoch ms. */
export function booksSince(now: RuleBook, knownAt: number): BooksSince {
  const then = bookAsKnownAt(now, knownAt);
  if (then === now) return { then, recalculated: now, now };
  const calendars = new Map<string, WorkingCalendar>(
    now.rulesets.map((ruleset) => [ruleset.calendar, now.calendarOf(ruleset)]),
  );
  const recalculated = new RuleBook(
    then.rulesets.map(({ document }) => document),
    calendars,
  );
  return { then, recalculated, now };
}

/**
 * Goes from what was known at `knownAt` to what is known at `at`, one cause after the other; a cause is named where its step changes
 * what `view` shows of the case. Pure.
 */
export function factThenAndNow(
  caseNo: string,
  events: readonly TimelineEvent[],
  books: BooksSince,
  knownAt: number,
  at: number,
  view: (fact: CaseFact | null) => string,
): FactThenAndNow {
  const judge = (timeline: readonly TimelineEvent[], book: RuleBook, instant: number): CaseFact | null => {
    if (timeline.every(({ type }) => type === 'event.retracted')) return null;
    const judged = judgeInDetail(caseNo, timeline, book);
    return caseFact(judged, timeline, verdictAt(judged.tracks, instant), instant);
  };
  const known = eventsKnownAt(events, knownAt);
  const happened = events.filter((event) => event.occurredAt <= knownAt || known.includes(event));
  const then = judge(known, books.then, knownAt);
  const because: ChangeCause[] = [];
  let fact = then;
  const step = (cause: ChangeCause, next: CaseFact | null): void => {
    if (view(next) !== view(fact)) because.push(cause);
    fact = next;
  };
  if (happened.length > known.length) step('late-data', judge(happened, books.then, knownAt));
  step(events.length > happened.length ? 'happened-since' : 'time', judge(events, books.then, at));
  if (books.recalculated !== books.then) step('calendar', judge(events, books.recalculated, at));
  if (books.now !== books.recalculated) step('rules', judge(events, books.now, at));
  return { then, now: fact, because };
}
