import type { Light, TimelineEvent } from '@mingjian/contracts';
import {
  BadInstantError,
  bookAsKnownAt,
  eventsKnownAt,
  formatInstant,
  happenedBy,
  judgeCase,
  parseInstant,
  verdictAt,
} from '@mingjian/rules';
import type { CaseTracks, CaseVerdict, RuleBook, WorkingCalendar } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { readRuleBook } from '../files/read-rule-book';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { verdictJson } from './show-verdict';

export interface JudgeOptions {
  events: string[];
  ruleset: string[];
  calendar: string[];
  at: string;
  knownAt?: string;
  json?: boolean;
}

const SHAPES: Record<Light, string> = { red: '●', yellow: '▲', green: '■', grey: '◌' };

/**
 * `mingjian judge`: the light of every case of some event files at an instant, one line a case, by case number; with
 * what was known at `--known-at`, else with what is known now.
 */
export async function judge(options: JudgeOptions, io: Io): Promise<number> {
  const { book, calendar, at, cases } = await readCases(options);
  const counts: Record<Light, number> = { red: 0, yellow: 0, grey: 0, green: 0 };
  for (const caseNo of [...cases.keys()].sort()) {
    const known = happenedBy(cases.get(caseNo)!, at);
    if (known.every((event) => event.type === 'event.retracted')) continue;
    const tracks = judgeCase(caseNo, known, book);
    const verdict = verdictAt(tracks, at);
    counts[verdict.light]++;
    const line = options.json
      ? JSON.stringify(verdictJson(verdict, tracks, calendar))
      : plainLine(verdict, tracks, calendar);
    await io.out(`${line}\n`);
  }
  if (!options.json)
    await io.out(`${counts.red} red, ${counts.yellow} yellow, ${counts.grey} grey, ${counts.green} green\n`);
  return EXIT.done;
}

/** The cases, the rules and the instant of a question. */
export interface Question {
  book: RuleBook;
  calendar: WorkingCalendar;
  cases: Map<string, TimelineEvent[]>;
  at: number;
}

/**
 * Reads everything that `judge` and `explain` need; with `--known-at` as it was known then.
 * @throws UsageError when `--at` or `--known-at` is no time.
 */
export async function readCases(options: JudgeOptions): Promise<Question> {
  const calendars = await readCalendars(options.calendar);
  const book = await readRuleBook(options.ruleset, calendars);
  const { calendar } = book.newest;
  const cases = await readEvents(options.events, calendar.zone);
  const at = instantOf('--at', options.at, calendar);
  if (options.knownAt === undefined) return { book, calendar, cases, at };
  const knownAt = instantOf('--known-at', options.knownAt, calendar);
  const bookThen = bookAsKnownAt(book, knownAt);
  const known = [...cases].map(([caseNo, events]) => [caseNo, eventsKnownAt(events, knownAt)] as const);
  return { book: bookThen, calendar: bookThen.newest.calendar, cases: new Map(known), at };
}

/** An instant of an option, in the calendar's zone. @throws UsageError when it is no time. */
export function instantOf(option: string, text: string, { zone }: WorkingCalendar): number {
  try {
    return parseInstant(text, zone);
  } catch (error) {
    if (error instanceof BadInstantError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

function plainLine(verdict: CaseVerdict, tracks: CaseTracks, { zone }: WorkingCalendar): string {
  const due = verdict.dueAt === null ? '' : `  due ${formatInstant(verdict.dueAt, zone)}`;
  const since = verdict.since === null ? '' : `  since ${formatInstant(verdict.since, zone)}`;
  const why = tracks.unknownBecause ?? verdict.clock ?? '';
  return `${SHAPES[verdict.light]} ${verdict.light.padEnd(6)} ${verdict.caseNo}  ${why}${due}${since}${verdict.open ? '' : '  closed'}`;
}
