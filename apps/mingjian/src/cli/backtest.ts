import type { RulesetDocument } from '@mingjian/contracts';
import { asIfAlwaysInForce, backtest, LONGEST_PROMISE } from '@mingjian/rules';
import { promiseForRedRate, RuleBook } from '@mingjian/rules';
import type { PromiseForRate, WorkingCalendar } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { readRuleBook } from '../files/read-rule-book';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { periodOf } from './period';
import { backtestJson, backtestText } from './show-backtest';

export interface BacktestOptions {
  from: string[];
  to: string[];
  calendar: string[];
  toCalendar?: string[];
  events: string[];
  since: string;
  until: string;
  promiseFor?: string;
  rate?: string;
  json?: boolean;
}

/**
 * `mingjian backtest`: which cases of the past would have had other lights under other rules or another calendar.
 * One file a side is taken as if it had always been in force; several are versions, each from its own day on.
 * Sends nothing, writes nothing.
 */
export async function backtestCommand(options: BacktestOptions, io: Io): Promise<number> {
  const rate = rateOf(options);
  const calendars = await readCalendars(options.calendar);
  const otherCalendars = options.toCalendar ? await readCalendars(options.toCalendar) : calendars;
  const before = await bookOf(options.from, calendars);
  const after = await bookOf(options.to, otherCalendars);
  const { zone } = before.newest.calendar;
  const { since, until } = periodOf(options, before.newest.calendar);
  const cases = await readEvents(options.events, zone);
  const result = backtest(cases, before, after, since, until);
  let promise: (PromiseForRate & { item: string; rate: number }) | null = null;
  if (rate !== null) {
    const item = options.promiseFor!;
    if (!before.rulesets.some(({ items }) => items.has(item)))
      throw new UsageError(`--promise-for: no ruleset of --from has item "${item}"`);
    promise = { item, rate, ...promiseForRedRate(cases, before, item, rate, until) };
  }
  if (options.json) {
    await io.out(`${JSON.stringify({ ...backtestJson(result, zone), promise })}\n`);
    return EXIT.done;
  }
  await io.out(backtestText(result, zone));
  if (promise !== null) await io.out(promiseText(promise));
  return EXIT.done;
}

/** One file as if it had always been in force; several are versions. */
export async function bookOf(
  files: readonly string[],
  calendars: ReadonlyMap<string, WorkingCalendar>,
): Promise<RuleBook> {
  const book = await readRuleBook(files, calendars);
  const [only, ...others] = book.rulesets.map(({ document }): RulesetDocument => document);
  return others.length > 0 ? book : new RuleBook([asIfAlwaysInForce(only!)], calendars);
}

/** The wanted share of late cases, 0 to 1; null where nobody asks for a promise. */
function rateOf({ promiseFor, rate }: BacktestOptions): number | null {
  if ((promiseFor === undefined) !== (rate === undefined))
    throw new UsageError('--promise-for ITEM and --rate PERCENT go together');
  if (rate === undefined) return null;
  const percent = /^\d+(\.\d+)?%$/.test(rate) ? Number(rate.slice(0, -1)) : NaN;
  if (!(percent <= 100)) throw new UsageError(`--rate is a share such as 5%, not "${rate}"`);
  return percent / 100;
}

function promiseText({
  item,
  rate,
  days,
  cases,
  late,
  open,
}: PromiseForRate & { item: string; rate: number }): string {
  const share = `${late} of ${cases} cases late, ${open} still open`;
  return days === null
    ? `${item}: no promise up to ${LONGEST_PROMISE}wd keeps late cases at or under ${rate * 100}% (${share})\n`
    : `${item}: ${days}wd is the shortest promise with at most ${rate * 100}% late (${share})\n`;
}
