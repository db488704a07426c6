import type { CalendarDay, CalendarDocument, ClockKind, Light, TimelineEvent } from '@mingjian/contracts';
import { calendarAsKnownOn } from '../calendar/as-known-on';
import { dateTextOf } from '../calendar/local-date';
import { WorkingCalendar } from '../calendar/working-calendar';
import { judgeCase } from '../judge-case';
import { verdictAt } from '../light/verdict-at';
import type { CaseVerdict } from '../verdict';
import { asKnownAt, eventsKnownAt } from './as-known-at';
import { happenedBy } from './backtest';
import { RuleBook } from './rule-book';

/** What a clock showed. */
export interface ClockShown {
  light: Light;
  dueAt: number | null;
}

/** Something that has become known since and without which a clock would show what it did not. */
export type LearntSince =
  | { kind: 'event'; event: TimelineEvent }
  | { kind: 'calendar-entry'; calendar: string; entry: CalendarDay }
  | { kind: 'ruleset'; then: string; now: string };

/** One clock as it was seen and as it is seen; null where there was, or is, none. */
export interface ClockThenAndNow {
  clock: string;
  kind: ClockKind;
  then: ClockShown | null;
  now: ClockShown | null;
  isChanged: boolean;
  /** Empty for a clock that has not changed. */
  because: LearntSince[];
}

/** A case at an instant as it was known then, beside what is known of that instant now. */
export interface ThenAndNow {
  /** Null where no event of the case was known. */
  then: CaseVerdict | null;
  now: CaseVerdict | null;
  clocks: ClockThenAndNow[];
}

/**
 * A case at the instant `at`, judged with what was known at `knownAt` and with what is known now, and for each clock
 * that differs the events, calendar entries and ruleset version that make the difference.
 *
 * A cause is what the clock would differ without: each event and each entry is left out by itself. Where several have
 * an effect only together, all of that kind are named. Pure; judges the case once for every candidate, so it is for the
 * explanation of one case, not for many.
 */
export function thenAndNow(
  caseNo: string,
  events: readonly TimelineEvent[],
  book: RuleBook,
  at: number,
  knownAt = at,
): ThenAndNow {
  const happened = happenedBy(events, at);
  const known = asKnownAt(book, happened, knownAt);
  const judge = (timeline: readonly TimelineEvent[], rules: RuleBook): CaseVerdict | null =>
    timeline.every(({ type }) => type === 'event.retracted')
      ? null
      : verdictAt(judgeCase(caseNo, timeline, rules), at);
  const [then, now] = [judge(known.events, known.book), judge(happened, book)];
  const clocks = pairs(then, now);
  if (clocks.some(({ isChanged }) => isChanged)) {
    const without = counterfactuals(happened, book, known.book, knownAt, clocks, at);
    for (const { causes, timeline, rules } of without) {
      const other = judge(timeline, rules);
      for (const clock of clocks)
        if (clock.isChanged && !isSame(shownOf(other, clock.clock), clock.now)) addTo(clock.because, causes);
    }
  }
  return { then, now, clocks };
}

/** What is known now, less something that was not known then. */
interface Counterfactual {
  causes: LearntSince[];
  timeline: readonly TimelineEvent[];
  rules: RuleBook;
}

function* counterfactuals(
  events: readonly TimelineEvent[],
  book: RuleBook,
  bookThen: RuleBook,
  knownAt: number,
  clocks: readonly ClockThenAndNow[],
  at: number,
): Generator<Counterfactual> {
  const knownEvents = new Set(eventsKnownAt(events, knownAt));
  const late = events.filter((event) => !knownEvents.has(event));
  for (const event of late)
    yield {
      causes: [{ kind: 'event', event }],
      timeline: events.filter((other) => other !== event),
      rules: book,
    };
  const learnt = entriesLearnt(book, events, knownAt, clocks, at);
  for (const [calendar, entries] of learnt)
    for (const entry of entries)
      yield {
        causes: [{ kind: 'calendar-entry', calendar: calendar.id, entry }],
        timeline: events,
        rules: withoutEntries(book, calendar, [entry]),
      };
  const [then, now] = [bookThen, book].map(({ rulesets }) => rulesets.map(({ version }) => version).join());
  if (then !== now)
    yield {
      causes: [{ kind: 'ruleset', then: then!, now: now! }],
      timeline: events,
      rules: new RuleBook(
        bookThen.rulesets.map(({ document }) => document),
        calendarsOf(book),
      ),
    };
  // Last, all of one kind together: only for the clocks that no single one of them explains.
  if (late.length > 1)
    yield {
      causes: late.map((event) => ({ kind: 'event' as const, event })),
      timeline: [...knownEvents],
      rules: book,
    };
  for (const [calendar, entries] of learnt)
    if (entries.length > 1)
      yield {
        causes: entries.map((entry) => ({ kind: 'calendar-entry' as const, calendar: calendar.id, entry })),
        timeline: events,
        rules: withoutEntries(book, calendar, entries),
      };
}

/** The entries that became known later, of days that the clocks rest on. */
function entriesLearnt(
  book: RuleBook,
  events: readonly TimelineEvent[],
  knownAt: number,
  clocks: readonly ClockThenAndNow[],
  at: number,
): [WorkingCalendar, CalendarDay[]][] {
  const earliest = Math.min(...events.map(({ occurredAt }) => occurredAt));
  const latest = Math.max(at, ...clocks.flatMap(({ then, now }) => [then?.dueAt ?? at, now?.dueAt ?? at]));
  return [...calendarsOf(book).values()].map((calendar) => {
    const dateOf = (instant: number): string => dateTextOf(calendar.dayOf(instant));
    const knownThen = new Set(calendarAsKnownOn(calendar.document, dateOf(knownAt)).days);
    const [first, last] = [dateOf(earliest), dateOf(latest)];
    const entries = calendar.document.days.filter(
      (entry) => !knownThen.has(entry) && entry.date <= last && (entry.through ?? entry.date) >= first,
    );
    return [calendar, entries];
  });
}

function withoutEntries(
  book: RuleBook,
  calendar: WorkingCalendar,
  entries: readonly CalendarDay[],
): RuleBook {
  const document: CalendarDocument = {
    ...calendar.document,
    days: calendar.document.days.filter((day) => !entries.includes(day)),
  };
  const calendars = new Map(calendarsOf(book)).set(calendar.id, WorkingCalendar.fromDocument(document));
  return new RuleBook(
    book.rulesets.map((ruleset) => ruleset.document),
    calendars,
  );
}

function calendarsOf(book: RuleBook): Map<string, WorkingCalendar> {
  return new Map(
    book.rulesets.map((ruleset) => {
      const calendar = book.calendarOf(ruleset);
      return [calendar.id, calendar] as const;
    }),
  );
}

function pairs(then: CaseVerdict | null, now: CaseVerdict | null): ClockThenAndNow[] {
  const kinds = new Map<string, ClockKind>();
  for (const verdict of [now, then])
    for (const { clock, kind } of verdict?.clocks ?? []) kinds.set(clock, kind);
  return [...kinds].map(([clock, kind]) => {
    const [before, after] = [shownOf(then, clock), shownOf(now, clock)];
    return { clock, kind, then: before, now: after, isChanged: !isSame(before, after), because: [] };
  });
}

function shownOf(verdict: CaseVerdict | null, name: string): ClockShown | null {
  const found = verdict?.clocks.find(({ clock }) => clock === name);
  return found === undefined ? null : { light: found.light, dueAt: found.dueAt };
}

function isSame(a: ClockShown | null, b: ClockShown | null): boolean {
  return a?.light === b?.light && a?.dueAt === b?.dueAt && (a === null) === (b === null);
}

/** Several together only where none of them has an effect by itself. */
function addTo(because: LearntSince[], causes: readonly LearntSince[]): void {
  const isExplained = causes.length > 1 && because.some(({ kind }) => kind === causes[0]!.kind);
  if (!isExplained) because.push(...causes);
}
