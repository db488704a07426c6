import { CalendarDay, CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import {
  backtest,
  dateTextOf,
  dayNumberOf,
  impactOnOpenCases,
  laterVersion,
  RuleBook,
  withDifference,
  WorkingCalendar,
} from '@mingjian/rules';
import { readEvents } from '../files/read-events';
import { readRuleBook } from '../files/read-rule-book';
import { readText } from '../files/read-text';
import { calendarText } from '../files/write-calendar';
import { checkedDate, writeCalendar } from './calendar';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { instantOf } from './judge';
import { closureJson, closureText } from './show-closure';
import type { Closure } from './show-closure';

export interface CloseOptions {
  calendar: string;
  from: string;
  through?: string;
  scope: string[];
  basis: string;
  name: string;
  knownSince?: string;
  events?: string[];
  ruleset?: string[];
  at?: string;
  write?: boolean;
  json?: boolean;
}

const PLACES = ['department', 'hall', 'district'] as const;

/**
 * `mingjian calendar close`: closes a department, a hall or a district for some days (停办: typhoon, removal, outage). Shows
 * the entry, and on recorded cases which due instants move and which lights have been or are others. A preview: only
 * `--write` writes, into the calendar itself, comments and all.
 *
 * Without `--known-since` the closure counts as known from today (of the calendar's zone): what was shown before is not
 * made to have been wrong when it was shown.
 */
export async function closePlace(options: CloseOptions, io: Io): Promise<number> {
  const text = await readText(options.calendar);
  const before = parseYamlDocument(text, options.calendar, CalendarDocument);
  const calendar = WorkingCalendar.fromDocument(before);
  const entry = entryOf(options, dateTextOf(calendar.dayOf(io.now())));
  if (before.days.some((day) => isSameClosure(day, entry)))
    throw new UsageError(`calendar ${before.calendar} has this closure already`);
  const version = laterVersion(before.version);
  const after = withDifference(before, {
    added: [entry],
    changed: [],
    outdated: [],
    ...(version === undefined ? {} : { version }),
  });
  const closed = WorkingCalendar.fromDocument(after);
  const closure: Closure = {
    entry,
    workingDays: workingDaysLost(calendar, closed, entry),
    version,
    effect: await effectOn(options, calendar, closed, entry, io),
  };
  if (options.write)
    await writeCalendar(options.calendar, calendarText(text, after, { entries: [entry], version }));
  const written = options.write ? options.calendar : null;
  await io.out(
    options.json
      ? closureJson(closure, written, calendar.zone)
      : closureText(closure, written, calendar.zone),
  );
  return EXIT.done;
}

function entryOf(options: CloseOptions, today: string): CalendarDay {
  const date = checkedDate('--from', options.from);
  const through = checkedDate('--through', options.through ?? date);
  if (through < date) throw new UsageError(`--through ${through} is before --from ${date}`);
  return CalendarDay.parse({
    date,
    ...(through === date ? {} : { through }),
    off: true,
    scope: scopeOf(options.scope),
    name: options.name,
    basis: options.basis,
    knownSince: options.knownSince === undefined ? today : checkedDate('--known-since', options.knownSince),
  });
}

function scopeOf(written: readonly string[]): NonNullable<CalendarDay['scope']> {
  const scope: NonNullable<CalendarDay['scope']> = {};
  for (const text of written) {
    const [key, name = ''] = splitOnce(text);
    const place = PLACES.find((known) => known === key);
    if (place === undefined || name === '')
      throw new UsageError(`--scope is department=CODE, hall=CODE or district=CODE, not "${text}"`);
    if (scope[place] !== undefined)
      throw new UsageError(
        `--scope names two of one kind: ${place} ${scope[place]} and ${name}; close each by itself`,
      );
    scope[place] = name;
  }
  return scope;
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function isSameClosure(day: CalendarDay, entry: CalendarDay): boolean {
  const place = ({ scope }: CalendarDay): string => PLACES.map((key) => scope?.[key] ?? '').join('\n');
  return (
    'off' in day &&
    day.date === entry.date &&
    (day.through ?? day.date) === (entry.through ?? entry.date) &&
    place(day) === place(entry)
  );
}

function workingDaysLost(before: WorkingCalendar, after: WorkingCalendar, entry: CalendarDay): number {
  const { department = null, hall = null, district = null } = entry.scope ?? {};
  const [first, last] = [dayNumberOf(entry.date), dayNumberOf(entry.through ?? entry.date)];
  const [open, closed] = [before, after].map((calendar) =>
    calendar.at({ department, hall, district }).workingDaysBetween(first - 1, last),
  ) as [number, number];
  return open - closed;
}

/** Lights from the first day of the closure, where that has been, and due instants of what is open. */
async function effectOn(
  options: CloseOptions,
  before: WorkingCalendar,
  after: WorkingCalendar,
  entry: CalendarDay,
  io: Io,
): Promise<Closure['effect']> {
  if (options.events === undefined && options.ruleset === undefined) return null;
  if (options.events === undefined || options.ruleset === undefined)
    throw new UsageError('--events and --ruleset go together: cases, and the rules that judge them');
  const book = await readRuleBook(options.ruleset, new Map([[before.id, before]]));
  const documents = book.rulesets.map(({ document }) => document);
  const other = new RuleBook(documents, new Map([[after.id, after]]));
  const cases = await readEvents(options.events, before.zone);
  const at = options.at === undefined ? io.now() : instantOf('--at', options.at, before);
  const since = Math.min(at, before.startOfDay(dayNumberOf(entry.date)));
  return {
    at,
    impact: impactOnOpenCases(cases, book, other, at),
    lights: backtest(cases, book, other, since, at),
  };
}
