import type { CalendarDocument } from '@mingjian/contracts';

/**
 * A calendar document as it was known on a day (`YYYY-MM-DD`, local to the calendar): without the entries known only
 * later. Its published part ends before the first year whose arrangement was not known yet, that is, before the first
 * year with entries for everybody that were all known only later.
 *
 * Does not know more than the document says: an entry without `knownSince` was always known.
 */
export function calendarAsKnownOn(document: CalendarDocument, day: string): CalendarDocument {
  const isKnown = ({ knownSince }: { knownSince?: string | undefined }): boolean =>
    knownSince === undefined || knownSince <= day;
  if (document.days.every(isKnown)) return document;
  const publishedThrough = publishedAsKnown(document, isKnown);
  return {
    ...document,
    days: document.days.filter(isKnown),
    ...(publishedThrough === undefined ? {} : { publishedThrough }),
  };
}

function publishedAsKnown(
  { days, publishedThrough }: CalendarDocument,
  isKnown: (day: CalendarDocument['days'][number]) => boolean,
): string | undefined {
  if (publishedThrough === undefined) return undefined;
  const [known, unknown] = [new Set<string>(), new Set<string>()];
  for (const day of days)
    if (day.scope === undefined) (isKnown(day) ? known : unknown).add(day.date.slice(0, 4));
  const firstUnknown = [...unknown].filter((year) => !known.has(year)).sort()[0];
  if (firstUnknown === undefined) return publishedThrough;
  const end = `${String(Number(firstUnknown) - 1).padStart(4, '0')}-12-31`;
  return end < publishedThrough ? end : publishedThrough;
}
