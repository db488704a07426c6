import { BadInputError } from '@mingjian/contracts';
import {
  Examination,
  forensicFindingInChinese,
  forensicSettings,
  type ForensicFinding,
} from '@mingjian/rules';
import { measureDetection, type Detection } from '@mingjian/simulator';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { readMappedEvents } from '../files/read-mapped-events';
import { readRuleBook } from '../files/read-rule-book';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { periodOf } from './period';
import { lastDate } from './simulate';

export interface ExamineOptions {
  events: string[];
  ruleset: string[];
  calendar: string[];
  since: string;
  until: string;
  /** How to read the files; left out: they are step events. */
  mapping?: string;
  json?: boolean;
}

/** `mingjian forensics examine`: signs that times of recorded events were made up. @returns 1 where there are any. */
export async function examine(options: ExamineOptions, io: Io): Promise<number> {
  const book = await readRuleBook(options.ruleset, await readCalendars(options.calendar));
  const { calendar } = book.newest;
  const { since, until } = periodOf(options, calendar);
  const examination = new Examination(book, since, until);
  const timelines =
    options.mapping === undefined
      ? await readEvents(options.events, calendar.zone)
      : await readMappedEvents(options.events, options.mapping, io);
  for (const [caseNo, events] of timelines) examination.add(caseNo, events);
  const { findings, tests, cases } = examination.result();
  await io.out(
    options.json
      ? `${JSON.stringify({ cases, tests, findings: findings.map(withText) })}\n`
      : `${cases} cases, ${tests} tests, ${findings.length} findings\n${findings.map(line).join('')}`,
  );
  return findings.length === 0 ? EXIT.done : EXIT.findings;
}

function withText(finding: ForensicFinding): object {
  return { ...finding, text: forensicFindingInChinese(finding) };
}

function line(finding: ForensicFinding): string {
  const { period, code, severity, subject } = finding;
  return `${period}  ${code.padEnd(6)}  ${severity.padEnd(7)}  ${subject}  ${forensicFindingInChinese(finding)}\n`;
}

export interface MeasureOptions {
  city: string;
  seed: string;
  from: string;
  days: string;
  ruleset: string[];
  calendar: string[];
  json?: boolean;
}

/** What must hold: of each kind so many are found … */
const LEAST_RECALL = 0.95;
/** … and of the cases of an honest city no more than so many are named. */
const MOST_FALSE = 0.01;

/**
 * `mingjian forensics measure`: injects each kind of misconduct into a simulated city and counts what is found, and what
 * is found where everybody is honest. @returns 1 where a bar is missed.
 */
export async function measure(options: MeasureOptions, io: Io): Promise<number> {
  const book = await readRuleBook(options.ruleset, await readCalendars(options.calendar));
  const { leastCases } = forensicSettings(book.newest.ruleset.document.forensics);
  const to = lastDate(options.from, options.days);
  let detection: Detection;
  try {
    detection = measureDetection(
      { city: options.city, seed: options.seed, from: options.from, to },
      book,
      leastCases,
    );
  } catch (error) {
    // The city knows the holidays of some years only.
    throw error instanceof RangeError && !(error instanceof BadInputError)
      ? new UsageError(error.message)
      : error;
  }
  const isGood = holds(detection);
  await io.out(
    options.json ? `${JSON.stringify({ ...detection, holds: isGood })}\n` : detectionTable(detection, isGood),
  );
  return isGood ? EXIT.done : EXIT.findings;
}

function holds({ recall, clean }: Detection): boolean {
  return (
    recall.every(({ found, injected }) => injected > 0 && found >= LEAST_RECALL * injected) &&
    clean.casesWithFinding <= MOST_FALSE * clean.cases &&
    clean.findings.every(({ named, of }) => named <= MOST_FALSE * of)
  );
}

function detectionTable({ recall, clean }: Detection, isGood: boolean): string {
  const found = recall.map((one) => [
    one.kind,
    String(one.injected),
    String(one.found),
    percent(one.found, one.injected),
    one.tooFew === 0 ? '' : String(one.tooFew),
    one.unit,
  ]);
  const named = clean.findings.map(({ finding, named: count, of }) => [
    finding,
    String(of),
    String(count),
    percent(count, of),
    '',
  ]);
  const total = ['any, by case', String(clean.cases), String(clean.casesWithFinding)];
  return [
    inColumns([['injected', 'units', 'found', 'recall', 'too few', ''], ...found]),
    '\n',
    inColumns([
      ['found in the honest city', 'of', 'named', 'false', ''],
      ...named,
      [...total, percent(clean.casesWithFinding, clean.cases), ''],
    ]),
    `${clean.tests} tests\n`,
    isGood ? 'holds: recall at least 95 % of each kind, false findings at most 1 %\n' : 'does not hold\n',
  ].join('');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(2)}%`;
}
