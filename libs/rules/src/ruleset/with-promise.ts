import type { RulesetDocument } from '@mingjian/contracts';
import { RuleBook } from './rule-book';

/** The book with another promise (ruleset notation) for one item, in all its versions; the rest of the promise's rule stays. */
export function withPromise(book: RuleBook, item: string, limit: string): RuleBook {
  const documents = book.rulesets.map(({ document }): RulesetDocument => {
    const rule = document.items[item];
    if (rule === undefined) return document;
    const lights = typeof rule.promise === 'object' ? rule.promise : {};
    const promise = { ...lights, limit };
    return { ...document, items: { ...document.items, [item]: { ...rule, promise } } };
  });
  const calendars = new Map(
    book.rulesets.map((ruleset) => {
      const calendar = book.calendarOf(ruleset);
      return [calendar.id, calendar] as const;
    }),
  );
  return new RuleBook(documents, calendars);
}
