import { createInterface } from 'node:readline';
import {
  BadInstantError,
  BadLimitError,
  dayInChinese,
  dayLedger,
  dueBefore,
  dueRange,
  elapsed,
  formatInstant,
  parseInstant,
  parseLimit,
  trackLimit,
} from '@mingjian/rules';
import type { WorkingCalendar } from '@mingjian/rules';
import { readCalendars } from '../files/read-calendars';
import { answerDueLine, readPauses } from './due-record';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

export interface DueOptions {
  calendar: string[];
  from?: string;
  to?: string;
  limit?: string;
  direction: string;
  pause: string[];
  stdin?: boolean;
  range?: boolean;
  explain?: boolean;
  json?: boolean;
}

/** `mingjian due`: one due instant, the time between two, or thousands of questions as NDJSON. */
export async function due(options: DueOptions, io: Io): Promise<number> {
  const calendars = await readCalendars(options.calendar);
  if (options.stdin) return answerStdin(calendars, options.range === true, io);
  const calendar = [...calendars.values()][0]!;
  if (options.from === undefined) throw new UsageError('--from is needed: the instant from which time runs');
  if ((options.limit === undefined) === (options.to === undefined))
    throw new UsageError('give either --limit (until when?) or --to (how much time has passed?)');
  if (options.direction !== 'forward' && options.direction !== 'back')
    throw new UsageError(`--direction is forward or back, not "${options.direction}"`);
  try {
    return options.to === undefined
      ? await printDue(options, calendar, io)
      : await printElapsed(options, options.to, calendar, io);
  } catch (error) {
    // A RangeError says where calendars end: the question was wrong, not we.
    if (error instanceof BadInstantError || error instanceof BadLimitError || error instanceof RangeError)
      throw new UsageError(error.message);
    throw error;
  }
}

async function printDue(options: DueOptions, calendar: WorkingCalendar, io: Io): Promise<number> {
  const from = parseInstant(options.from!, calendar.zone);
  const limit = parseLimit(options.limit!);
  const pauses = readPauses(options.pause.map(splitPause), calendar);
  const show = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, calendar.zone);
  if (options.direction === 'back') {
    if (options.explain) throw new UsageError('--explain is for counting forward');
    const { dueAt, provisional } = dueBefore(calendar, limit, from, pauses);
    return print(io, options, { dueAt: show(dueAt), provisional }, []);
  }
  const { spec, track, due: answer } = trackLimit(calendar, limit, from, pauses);
  const range = dueRange(calendar, limit, from, pauses);
  const result = {
    dueAt: show(answer.dueAt),
    provisional: answer.provisional,
    ...(range === null ? {} : { range: [show(range.earliest)!, show(range.latest)!] }),
  };
  if (!options.explain) return print(io, options, result, []);
  const ledger = dayLedger(spec, track, calendar, answer.dueAt ?? from);
  const lines = ledger.lines.map((line) => dayInChinese(line, ledger.unit));
  return print(
    io,
    options,
    { ...result, unit: ledger.unit, total: ledger.countedUntilDue, days: ledger.lines },
    lines,
  );
}

async function print(
  io: Io,
  options: DueOptions,
  result: Record<string, unknown> & { dueAt: string | null; provisional: boolean; range?: string[] },
  lines: string[],
): Promise<number> {
  if (options.json) await io.out(`${JSON.stringify(result)}\n`);
  else {
    const due =
      result.dueAt === null ? 'suspended: no due instant while the suspension is open' : result.dueAt;
    const between = result.range === undefined ? '' : `; between ${result.range.join(' and ')}`;
    const mark = result.provisional ? `  (provisional: beyond the published calendar${between})` : '';
    await io.out([...lines, `${due}${mark}`, ''].join('\n'));
  }
  return EXIT.done;
}

async function printElapsed(
  options: DueOptions,
  to: string,
  calendar: WorkingCalendar,
  io: Io,
): Promise<number> {
  const { zone } = calendar;
  const pauses = readPauses(options.pause.map(splitPause), calendar);
  const passed = elapsed(calendar, parseInstant(options.from!, zone), parseInstant(to, zone), pauses);
  const text = `${passed.workingDays} working days, ${passed.workingMs / 3_600_000} working hours`;
  await io.out(options.json ? `${JSON.stringify(passed)}\n` : `${text}\n`);
  return EXIT.done;
}

function splitPause(text: string): [string, string | null] {
  const [from = '', to = ''] = text.split('/');
  return [from, to === '' ? null : to];
}

async function answerStdin(
  calendars: ReadonlyMap<string, WorkingCalendar>,
  withRange: boolean,
  io: Io,
): Promise<number> {
  let code: number = EXIT.done;
  let buffer: string[] = [];
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const answer = answerDueLine(line, calendars, withRange);
    if (answer.error) code = EXIT.findings;
    buffer.push(JSON.stringify(answer), '\n');
    if (buffer.length >= 2_000) {
      await io.out(buffer.join(''));
      buffer = [];
    }
  }
  await io.out(buffer.join(''));
  return code;
}
