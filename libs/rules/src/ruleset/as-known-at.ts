import type { RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import { calendarAsKnownOn } from '../calendar/as-known-on';
import { dateTextOf } from '../calendar/local-date';
import { WorkingCalendar } from '../calendar/working-calendar';
import { RuleBook } from './rule-book';

/** In force from no day that ever comes. */
const NEVER = '9999-12-31';

/** What a case is judged by. */
export interface KnownThen {
  book: RuleBook;
  events: TimelineEvent[];
}

/**
 * What was known at an instant (epoch ms): the events received by then, the calendar entries and the ruleset versions
 * known on that local day. The same book and all events where nothing has become known since.
 *
 * Guarantees: pure. Does not guarantee more than the record says: an event without `receivedAt` counts as known when it
 * happened, an entry or a version without `knownSince` as always known.
 */
export function asKnownAt(book: RuleBook, events: readonly TimelineEvent[], at: number): KnownThen {
  return { book: bookAsKnownAt(book, at), events: eventsKnownAt(events, at) };
}

/** The events that had been received at an instant; retractions, too, count from their receipt. */
export function eventsKnownAt(events: readonly TimelineEvent[], at: number): TimelineEvent[] {
  return events.filter(({ occurredAt, receivedAt }) => (receivedAt ?? occurredAt) <= at);
}

/**
 * The versions of the ruleset and the calendar entries known on the local day of an instant. Before any version is known
 * none is in force: cases are grey (`no-rule-in-force`).
 */
export function bookAsKnownAt(book: RuleBook, at: number): RuleBook {
  const calendars = new Map<string, WorkingCalendar>();
  const days = new Map<string, string>();
  for (const ruleset of book.rulesets) {
    const calendar = book.calendarOf(ruleset);
    const day = dateTextOf(calendar.dayOf(at));
    const document = calendarAsKnownOn(calendar.document, day);
    days.set(calendar.id, day);
    calendars.set(
      calendar.id,
      document === calendar.document ? calendar : WorkingCalendar.fromDocument(document),
    );
  }
  const documents = book.rulesets.map(({ document }) => document);
  const known = documents.filter(
    ({ calendar, knownSince }) => knownSince === undefined || knownSince <= days.get(calendar)!,
  );
  const isWhole =
    known.length === documents.length &&
    book.rulesets.every((ruleset) => calendars.get(ruleset.calendar) === book.calendarOf(ruleset));
  return isWhole ? book : new RuleBook(known.length > 0 ? known : [neverInForce(documents[0]!)], calendars);
}

function neverInForce(document: RulesetDocument): RulesetDocument {
  return { ...document, inForceFrom: NEVER };
}
