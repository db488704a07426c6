import { rename, rm, writeFile } from 'node:fs/promises';
import { BadInputError, CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import type { CalendarDay } from '@mingjian/contracts';
import {
  calendarDifference,
  checkNotice,
  parseHolidayNotice,
  withDifference,
  workingDaysOfYear,
} from '@mingjian/rules';
import type { CalendarDifference, NoticeFinding, ParsedNotice } from '@mingjian/rules';
import { isMap, isSeq, parseDocument } from 'yaml';
import { readText } from '../files/read-text';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

export interface CalendarOptions {
  calendar: string;
  notice: string;
  knownSince: string;
  year?: string;
  write?: string;
  json?: boolean;
}

/**
 * `mingjian calendar import NOTICE.txt`: what a holiday notice changes in a calendar, and whether the year adds up
 * afterwards. A preview: only --write writes, and never anything of a notice that could not be read whole.
 * @returns 1 where a check found something; then --write has written all the same, since an amendment may break a
 * check rightly. @throws BadInputError where notice or calendar cannot be read.
 */
export async function calendarCommand(
  action: string,
  file: string,
  options: CalendarOptions,
  io: Io,
): Promise<number> {
  if (action !== 'import') throw new UsageError(`calendar import NOTICE, not calendar ${action}`);
  const source = { notice: options.notice, knownSince: checkedDate(options.knownSince) };
  const calendarText = await readText(options.calendar);
  const calendar = parseYamlDocument(calendarText, options.calendar, CalendarDocument);
  const parsed = parseHolidayNotice(await readText(file), { file, year: checkedYear(options.year) });
  if (parsed.problems.length > 0) throw new BadInputError(parsed.problems);

  const difference = calendarDifference(calendar, parsed, source);
  const after = withDifference(calendar, difference);
  const year = parsed.year!;
  const findings = checkNotice(after, year, parsed);
  const workingDays = workingDaysOfYear(after, year);
  if (options.write !== undefined) await replaceFile(options.write, written(calendarText, after, difference));
  if (options.json)
    await io.out(
      `${JSON.stringify({ year, kind: parsed.kind, ...difference, workingDays, findings, written: options.write ?? null })}\n`,
    );
  else await io.out(preview(parsed, difference, workingDays, findings, options.write));
  return findings.length === 0 ? EXIT.done : EXIT.findings;
}

function preview(
  parsed: ParsedNotice,
  { added, changed, outdated, publishedThrough, version }: CalendarDifference,
  workingDays: number,
  findings: readonly NoticeFinding[],
  file: string | undefined,
): string {
  const lines = [
    parsed.kind === 'annual' ? `notice of the year ${parsed.year}` : `amendment of the year ${parsed.year}`,
    ...added.map((day) => `+ ${shownDay(day)}`),
    ...changed.map(({ before, after }) => `~ ${shownDay(after)}, was ${stateOf(before)}`),
    ...outdated.map(
      (day) => `= ${shownDay(day)}, kept: known since ${day.knownSince}, later than this notice`,
    ),
    ...(publishedThrough === undefined ? [] : [`published through ${publishedThrough}`]),
    ...(version === undefined ? [] : [`version ${version}`]),
    `${added.length} added, ${changed.length} changed; ${parsed.year} has ${workingDays} working days`,
    ...findings.map(({ code, message, suggestion }) => `warning ${code}: ${message} — ${suggestion}`),
    findings.length === 0 ? 'no findings' : `${findings.length} findings`,
    file === undefined ? 'nothing written: add --write FILE' : `written to ${file}`,
  ];
  return `${lines.join('\n')}\n`;
}

function shownDay(day: CalendarDay): string {
  const letter = '日一二三四五六'[new Date(`${day.date}T00:00:00Z`).getUTCDay()];
  return `${day.date} 周${letter} ${stateOf(day)}${day.name === undefined ? '' : ` ${day.name}`}`;
}

function stateOf(day: CalendarDay): string {
  if ('hours' in day) return `open ${day.hours.map((interval) => interval.join('–')).join(' ')}`;
  return 'off' in day ? 'off' : 'worked';
}

/** The calendar as text with the difference in it; keeps comments, since a calendar is read by people. */
function written(
  text: string,
  after: CalendarDocument,
  { added, changed, publishedThrough, version }: CalendarDifference,
): string {
  if (text.trimStart().startsWith('{')) return `${JSON.stringify(after, null, 2)}\n`;
  const document = parseDocument(text);
  if (version !== undefined) document.set('version', version);
  if (publishedThrough !== undefined) document.set('publishedThrough', publishedThrough);
  const entries = [...added, ...changed.map((change) => change.after)];
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

/** Whole or not at all: half a calendar is a calendar, too, and a running daemon would follow it. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`--write ${file}: ${(error as Error).message}`);
  }
}

/** The order of the fields in the calendars that are shipped. */
function inOrder(day: CalendarDay): Record<string, unknown> {
  const { date, name, notice, knownSince, ...state } = day;
  return { date, ...state, name, notice, knownSince };
}

function checkedDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // 2026-02-30 would become 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new UsageError(`--known-since is the day of the notice, written YYYY-MM-DD, not "${text}"`);
  return text;
}

function checkedYear(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{4}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--year is a year such as 2027, not "${text}"`);
}
