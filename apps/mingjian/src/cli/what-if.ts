import { LimitText } from '@mingjian/contracts';
import { KEPT_SHARE, LONGEST_PROMISE, whatIf } from '@mingjian/rules';
import type { WhatIf } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { bookOf } from './backtest';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { periodOf } from './period';
import { changedJson } from './show-backtest';

export interface WhatIfOptions {
  promise: string;
  events: string[];
  ruleset: string[];
  calendar: string[];
  since: string;
  until: string;
  json?: boolean;
}

/**
 * `mingjian what-if`: what another promise of an item would have done to its recorded cases. One ruleset file is taken as
 * if it had always been in force. Sends nothing, writes nothing.
 */
export async function whatIfCommand(item: string, options: WhatIfOptions, io: Io): Promise<number> {
  const promise = LimitText.safeParse(options.promise);
  if (!promise.success) throw new UsageError(`--promise: ${promise.error.issues[0]!.message}`);
  const book = await bookOf(options.ruleset, await readCalendars(options.calendar));
  if (!book.rulesets.some(({ items }) => items.has(item)))
    throw new UsageError(`no ruleset has item "${item}"`);
  const { zone } = book.newest.calendar;
  const { since, until } = periodOf(options, book.newest.calendar);
  const cases = await readEvents(options.events, zone);
  const result = whatIf(cases, book, item, promise.data, since, until);
  await io.out(
    options.json
      ? `${JSON.stringify({ ...result, changed: changedJson(result.changed, zone) })}\n`
      : whatIfText(result),
  );
  return EXIT.done;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const KEPT = `${KEPT_SHARE * 100}%`;

function whatIfText(result: WhatIf): string {
  const { item, promise, cases, red, changed, dueByWeekday, steps } = result;
  const rate = (count: number): string =>
    `${count} (${cases === 0 ? 0 : ((count * 100) / cases).toFixed(1)}%)`;
  const week = (title: string, counts: readonly number[]): string[] => [title, ...counts.map(String), ''];
  const times = steps.map(({ step, name, cases: count, medianMs, ninetiethMs }) => [
    step ?? '(waiting)',
    String(count),
    hours(medianMs),
    hours(ninetiethMs),
    name ?? '',
  ]);
  return [
    `${item} promised in ${promise}: red ${rate(red.before)} → ${rate(red.after)} of ${cases} cases\n`,
    `${changed.length} cases would have had other lights\n`,
    shortestText(result),
    '\n',
    inColumns([
      ['due on', ...WEEKDAYS, ''],
      week('as it is', dueByWeekday.before),
      week(promise, dueByWeekday.after),
    ]),
    ...(steps.length === 0
      ? []
      : ['\n', inColumns([['working time', 'cases', 'median', '90%', ''], ...times])]),
    longestText(result),
  ].join('');
}

function shortestText({ shortest: { days, late, cases, open } }: WhatIf): string {
  const share = `${late} of ${cases} late, ${open} still open`;
  return days === null
    ? `no promise up to ${LONGEST_PROMISE}wd is one that ${KEPT} of the cases keep (${share})\n`
    : `the shortest promise that ${KEPT} of the cases keep as they are: ${days}wd (${share})\n`;
}

function longestText({ longest, promise }: WhatIf): string {
  if (longest === null) return '\nno case that has ended has a step\n';
  const step = `${longest.step}${longest.name === null ? '' : ` ${longest.name}`}`;
  if (longest.shorterMs === null)
    return `\nthe longest step is ${step}; without it, too, fewer than ${KEPT} of the cases would keep ${promise}\n`;
  return longest.shorterMs === 0
    ? `\n${KEPT} of the cases keep ${promise} as they are; the longest step is ${step}\n`
    : `\nthe longest step is ${step}; ${hours(longest.shorterMs)} less of it and ${KEPT} of the cases keep ${promise}\n`;
}

/** Working time in hours and minutes, a minute begun as a whole one. */
function hours(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`;
}
