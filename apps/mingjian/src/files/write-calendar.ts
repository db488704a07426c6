import { rename, rm, writeFile } from 'node:fs/promises';
import type { CalendarDay, CalendarDocument } from '@mingjian/contracts';
import { isMap, isSeq, parseDocument } from 'yaml';

/** What is written into a calendar; nothing is ever taken out of one. */
export interface CalendarAddition {
  entries: readonly CalendarDay[];
  publishedThrough?: string | undefined;
  version?: string | undefined;
}

/**
 * The calendar as text with an addition in it, entries in order of date; keeps comments, since a calendar is read by
 * people. `after` is the same as a document, for a calendar in JSON.
 */
export function calendarText(
  text: string,
  after: CalendarDocument,
  { entries, publishedThrough, version }: CalendarAddition,
): string {
  if (text.trimStart().startsWith('{')) return `${JSON.stringify(after, null, 2)}\n`;
  const document = parseDocument(text);
  if (version !== undefined) document.set('version', version);
  if (publishedThrough !== undefined) document.set('publishedThrough', publishedThrough);
  const days = document.get('days');
  // A calendar without days, or with `days: []`, gets a list in the form of the shipped ones.
  if (!isSeq(days) || days.items.length === 0) document.set('days', entries.map(inOrder));
  else
    for (const day of entries) {
      const behind = days.items.findIndex((item) => isMap(item) && String(item.get('date')) > day.date);
      const at = behind === -1 ? days.items.length : behind;
      days.items.splice(at, 0, document.createNode(inOrder(day)));
    }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true });
}

/**
 * Replaces a file whole or not at all: half a calendar is a calendar, too, and a running daemon would follow it.
 * @throws what the file system throws; then nothing is left behind.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The order of the fields in the calendars that are shipped; fields that are not there are left out. */
function inOrder(day: CalendarDay): Record<string, unknown> {
  const { date, through, scope, name, basis, notice, knownSince, ...state } = day;
  const fields = { date, through, ...state, scope, name, basis, notice, knownSince };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
