import { suspensionStatistics, type SuspensionStatistics } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { readEvents } from '../files/read-events';
import { readRuleBook } from '../files/read-rule-book';
import type { Io } from './io';
import { EXIT } from './io';
import { inColumns } from './in-columns';
import { periodOf } from './period';

export interface SuspensionsOptions {
  events: string[];
  ruleset: string[];
  calendar: string[];
  since: string;
  until: string;
  json?: boolean;
}

/** `mingjian suspensions`: of the cases decided between two instants, how much each department suspended and extended. */
export async function suspensions(options: SuspensionsOptions, io: Io): Promise<number> {
  const book = await readRuleBook(options.ruleset, await readCalendars(options.calendar));
  const { calendar, ruleset } = book.newest;
  const { since, until } = periodOf(options, calendar);
  const cases = await readEvents(options.events, calendar.zone);
  const departments = suspensionStatistics(cases, book, until, since);
  await io.out(
    options.json
      ? `${JSON.stringify({ departments })}\n`
      : table(departments, (code) => ruleset.document.departments[code]?.name ?? ''),
  );
  return EXIT.done;
}

const HEADINGS = ['department', 'decided', 'just before due', 'suspended', 'life, median', '90%', 'extended'];

function table(departments: readonly SuspensionStatistics[], nameOf: (code: string) => string): string {
  if (departments.length === 0) return 'no case was decided\n';
  const rows = departments.map((one) => [
    one.department ?? '?',
    String(one.decided),
    percent(one.lateShare),
    percent(one.suspendedShare),
    percent(one.medianLife),
    percent(one.ninetiethLife),
    percent(one.extendedShare),
    one.department === null ? '' : nameOf(one.department),
  ]);
  return inColumns([[...HEADINGS, ''], ...rows]);
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`;
}
