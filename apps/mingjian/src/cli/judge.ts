import type { Light } from '@mingjian/contracts';
import { BadInstantError, formatInstant, judgeCase, parseInstant, verdictAt } from '@mingjian/rules';
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
  json?: boolean;
}

const SHAPES: Record<Light, string> = { red: '●', yellow: '▲', green: '■', grey: '◌' };

/** `mingjian judge`: the light of every case of some event files at an instant, one line a case, by case number. */
export async function judge(options: JudgeOptions, io: Io): Promise<number> {
  const { book, calendar, at, cases } = await readCases(options);
  const counts: Record<Light, number> = { red: 0, yellow: 0, grey: 0, green: 0 };
  for (const caseNo of [...cases.keys()].sort()) {
    const known = cases
      .get(caseNo)!
      .filter((event) => event.occurredAt <= at || event.type === 'event.retracted');
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

/** Reads everything that `judge` and `explain` need. @throws UsageError when `--at` is no time. */
export async function readCases(options: JudgeOptions) {
  const calendars = await readCalendars(options.calendar);
  const book: RuleBook = await readRuleBook(options.ruleset, calendars);
  const { calendar } = book.newest;
  const cases = await readEvents(options.events, calendar.zone);
  try {
    return { book, calendar, cases, at: parseInstant(options.at, calendar.zone) };
  } catch (error) {
    if (error instanceof BadInstantError) throw new UsageError(`--at: ${error.message}`);
    throw error;
  }
}

function plainLine(verdict: CaseVerdict, tracks: CaseTracks, { zone }: WorkingCalendar): string {
  const due = verdict.dueAt === null ? '' : `  due ${formatInstant(verdict.dueAt, zone)}`;
  const since = verdict.since === null ? '' : `  since ${formatInstant(verdict.since, zone)}`;
  const why = tracks.unknownBecause ?? verdict.clock ?? '';
  return `${SHAPES[verdict.light]} ${verdict.light.padEnd(6)} ${verdict.caseNo}  ${why}${due}${since}${verdict.open ? '' : '  closed'}`;
}
