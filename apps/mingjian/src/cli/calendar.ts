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
import { readText } from '../files/read-text';
import { calendarText, replaceFile } from '../files/write-calendar';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

export interface ImportNoticeOptions {
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
export async function importNotice(file: string, options: ImportNoticeOptions, io: Io): Promise<number> {
  const source = { notice: options.notice, knownSince: checkedDate('--known-since', options.knownSince) };
  const text = await readText(options.calendar);
  const calendar = parseYamlDocument(text, options.calendar, CalendarDocument);
  const parsed = parseHolidayNotice(await readText(file), { file, year: checkedYear(options.year) });
  if (parsed.problems.length > 0) throw new BadInputError(parsed.problems);

  const difference = calendarDifference(calendar, parsed, source);
  const after = withDifference(calendar, difference);
  const year = parsed.year!;
  const findings = checkNotice(after, year, parsed);
  const workingDays = workingDaysOfYear(after, year);
  if (options.write !== undefined) {
    const entries = [...difference.added, ...difference.changed.map((change) => change.after)];
    await writeCalendar(options.write, calendarText(text, after, { ...difference, entries }));
  }
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
  if ('halfOff' in day) return `${day.halfOff} off`;
  if ('hours' in day) return `open ${day.hours.map((interval) => interval.join('–')).join(' ')}`;
  return 'off' in day ? 'off' : 'worked';
}

/** @throws UsageError where the file cannot be written. */
export async function writeCalendar(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (error) {
    throw new UsageError(`--write ${file}: ${(error as Error).message}`);
  }
}

/** @throws UsageError where the text is no day that exists. */
export function checkedDate(option: string, text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // 2026-02-30 would become 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new UsageError(`${option} is a day, written YYYY-MM-DD, not "${text}"`);
  return text;
}

function checkedYear(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{4}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--year is a year such as 2027, not "${text}"`);
}
