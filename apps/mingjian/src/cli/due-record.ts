import { z } from 'zod';
import {
  BadInstantError,
  BadLimitError,
  dueAt,
  dueBefore,
  dueRange,
  elapsed,
  formatInstant,
  parseInstant,
  parseLimit,
} from '@mingjian/rules';
import type { Pause, WorkingCalendar } from '@mingjian/rules';

/**
 * The members that any line may have. A member that no operation knows is refused: a misspelt `pauses` would give a
 * wrong answer in silence.
 */
const common = {
  id: z.union([z.string(), z.number()]).nullish(),
  calendar: z.string().nullish(),
  direction: z
    .enum(['forward', 'back'])
    .nullish()
    .transform((direction) => direction ?? 'forward'),
  pauses: z
    .array(z.tuple([z.string(), z.string().nullable()]))
    .nullish()
    .transform((list) => list ?? []),
};

/** A line of `mingjian due --stdin`. Without `op` a due instant is meant. */
const DueRecord = z.discriminatedUnion('op', [
  z.strictObject({ ...common, op: z.literal('due'), from: z.string(), limit: z.string() }),
  z.strictObject({ ...common, op: z.literal('elapsed'), from: z.string(), to: z.string() }),
  z.strictObject({ ...common, op: z.literal('open'), at: z.string() }),
]);

/** Codes of a bad record; a contract with callers. */
export type DueErrorCode =
  'bad-json' | 'bad-record' | 'unknown-calendar' | 'bad-instant' | 'bad-limit' | 'out-of-range';

export type DueAnswer = Record<string, unknown> & { error?: { code: DueErrorCode; message: string } };

/**
 * Answers one line; what is wrong with it is part of the answer. `withRange` adds to a provisional due instant, counted
 * forward, between which instants it may come to lie.
 */
export function answerDueLine(
  line: string,
  calendars: ReadonlyMap<string, WorkingCalendar>,
  withRange = false,
): DueAnswer {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return failed(null, 'bad-json', `expected one JSON object a line: ${(error as Error).message}`);
  }
  const known = isObject(value) ? { op: 'due', ...value } : value;
  const recordId = isObject(value) ? (value.id ?? null) : null;
  const parsed = DueRecord.safeParse(known);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return failed(recordId, 'bad-record', `${issue.path.join('.') || 'record'}: ${issue.message}`);
  }
  const record = parsed.data;
  const chosen = chooseCalendar(record.calendar, calendars);
  if (!chosen)
    return failed(
      recordId,
      'unknown-calendar',
      `calendar: expected one of ${[...calendars.keys()].join(', ')}, got ${record.calendar ?? 'nothing'}`,
    );
  try {
    return { id: recordId, ...answer(record, chosen, withRange) };
  } catch (error) {
    if (error instanceof BadInstantError) return failed(recordId, 'bad-instant', error.message);
    if (error instanceof BadLimitError) return failed(recordId, 'bad-limit', error.message);
    if (error instanceof RangeError) return failed(recordId, 'out-of-range', error.message);
    throw error;
  }
}

function answer(
  record: z.output<typeof DueRecord>,
  chosen: WorkingCalendar,
  withRange: boolean,
): Record<string, unknown> {
  const { zone } = chosen;
  switch (record.op) {
    case 'due': {
      const count = record.direction === 'back' ? dueBefore : dueAt;
      const limit = parseLimit(record.limit);
      const from = parseInstant(record.from, zone);
      const pauses = readPauses(record.pauses, chosen);
      const due = count(chosen, limit, from, pauses);
      const isAsked = withRange && due.provisional && record.direction === 'forward';
      const range = isAsked ? dueRange(chosen, limit, from, pauses) : null;
      return {
        dueAt: due.dueAt === null ? null : formatInstant(due.dueAt, zone),
        provisional: due.provisional,
        ...(range === null
          ? {}
          : { range: [formatInstant(range.earliest, zone), formatInstant(range.latest, zone)] }),
      };
    }
    case 'elapsed':
      return {
        ...elapsed(
          chosen,
          parseInstant(record.from, zone),
          parseInstant(record.to, zone),
          readPauses(record.pauses, chosen),
        ),
      };
    case 'open': {
      const at = parseInstant(record.at, zone);
      return { open: chosen.isOpen(at), workingDay: chosen.isWorkingDay(chosen.dayOf(at)) };
    }
  }
}

/** A pause with `null`, or nothing, for its end is still open. */
export function readPauses(
  written: readonly (readonly [string, string | null])[],
  { zone }: WorkingCalendar,
): Pause[] {
  return written.map(([from, to]) => ({
    from: parseInstant(from, zone),
    to: to === null || to === '' ? null : parseInstant(to, zone),
  }));
}

function chooseCalendar(
  id: string | null | undefined,
  calendars: ReadonlyMap<string, WorkingCalendar>,
): WorkingCalendar | undefined {
  if (id !== undefined && id !== null) return calendars.get(id);
  return calendars.size === 1 ? [...calendars.values()][0] : undefined;
}

function failed(recordId: unknown, code: DueErrorCode, message: string): DueAnswer {
  return { id: recordId, error: { code, message } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
