import type { CalendarDay } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { dateTextOf, weekdayOf } from '../calendar';
import type { ClockSpec } from '../clock/clock-spec';
import type { ClockTrack } from '../verdict';

/** What sort of day it is in the calendar. */
export type DayKind = 'working-day' | 'adjusted-working-day' | 'rest-day' | 'holiday' | 'special-hours';

/** Why a day counts or does not. */
export type DayReason = 'start-day' | 'counted' | 'over' | 'not-worked' | 'suspended' | 'moved';

/** One day of the ledger. `amount` and `total` are days for limits in days, milliseconds for the others. */
export interface DayLine {
  date: string;
  /** 0 = Monday. */
  weekday: number;
  kind: DayKind;
  /** Festival or cause, where the calendar names one. */
  name: string | null;
  reason: DayReason;
  amount: number;
  /** Running total of `amount`. */
  total: number;
  /** Why by law or rule: the article, or the key of the limit in its ruleset. */
  provision: string;
  /** Where the fact stands: the notice of the day, the suspension that took it out, or the calendar. */
  source: string;
}

export interface DayLedger {
  unit: 'days' | 'ms';
  lines: DayLine[];
  /** Sum of the amounts of all lines up to the due instant: the limit with its extension. */
  countedUntilDue: number;
  /** Sum of the amounts after the due instant. */
  countedOver: number;
  /** Days after the last line that were left out of the list; their time is in `countedOver`. */
  omittedDays: number;
}

/** A list longer than this after the due day tells nobody more. */
const MOST_LINES_OVER = 60;

interface Stretch {
  from: number;
  to: number;
}

/**
 * The day-by-day account of a clock at an instant.
 * Guarantees: the amounts of the lines up to the due instant add up to the limit (with its extension); each day from
 * the start to the due instant, or to the end or `at` where that is later, has one line.
 */
export function dayLedger(
  spec: ClockSpec,
  track: ClockTrack,
  calendar: WorkingCalendar,
  at: number,
): DayLedger {
  const suspended = suspendedStretches(track, at);
  const due = dueAtOf(track, at);
  const end = Math.min(spec.finishedAt ?? at, at);
  const last = Math.max(due ?? spec.startedAt, end, spec.startedAt);
  const firstDay = calendar.dayOf(spec.startedAt);
  const lastDay = calendar.dayOf(last);
  const dueDay = due === null ? Infinity : calendar.dayOf(due);
  const added = track.extensions.reduce(
    (sum, extension) => sum + (extension.at <= at ? extension.days : 0),
    0,
  );
  const frame: Frame = {
    spec,
    calendar,
    suspended,
    firstDay,
    dueDay,
    due: due ?? Infinity,
    end,
    daysAllowed: (spec.limit?.amount ?? 0) + added,
  };
  const isDays =
    spec.limit === null || spec.limit.unit === 'working-day' || spec.limit.unit === 'calendar-day';
  const ledger: DayLedger = {
    unit: isDays ? 'days' : 'ms',
    lines: [],
    countedUntilDue: 0,
    countedOver: 0,
    omittedDays: 0,
  };
  let total = 0;
  for (let day = firstDay; day <= lastDay; day++) {
    const { amount, over, reason, source } = isDays
      ? countDay(frame, day, ledger.countedUntilDue)
      : countTime(frame, day);
    total += amount + over;
    ledger.countedUntilDue += amount;
    ledger.countedOver += over;
    if (day > dueDay + MOST_LINES_OVER) {
      ledger.omittedDays++;
      continue;
    }
    const entry = calendar.entryOf(day);
    ledger.lines.push({
      date: dateTextOf(day),
      weekday: weekdayOf(day),
      kind: dayKindOf(calendar, day),
      name: entry?.name ?? null,
      reason,
      amount: amount + over,
      total,
      provision: PROVISIONS[reason] ?? spec.ruleKey,
      source: source ?? sourceOf(calendar, entry),
    });
  }
  return ledger;
}

const PROVISIONS: Partial<Record<DayReason, string>> = {
  'start-day': '民法典 第二百零一条',
  'not-worked': '行政许可法 第八十二条',
  suspended: '行政许可法 第四十五条',
  moved: '民法典 第二百零三条',
};

/** An entry by its notice or legal basis; a day without one is as the weekly pattern has it. */
function sourceOf(calendar: WorkingCalendar, entry: CalendarDay | undefined): string {
  return entry?.notice ?? entry?.basis ?? `工作日历 ${calendar.id} ${calendar.version}`;
}

/** The due instant that holds at `at`; of a clock not yet visible, the first one. */
function dueAtOf(track: ClockTrack, at: number): number | null {
  let due: number | null = track.spans[0]?.dueAt ?? null;
  for (const span of track.spans) if (span.from <= at) due = span.dueAt;
  return due;
}

function suspendedStretches(track: ClockTrack, at: number): Stretch[] {
  return track.suspensions
    .filter(({ from }) => from <= at)
    .map(({ from, to }) => ({ from, to: Math.min(to ?? Infinity, at) }));
}

interface Frame {
  spec: ClockSpec;
  calendar: WorkingCalendar;
  suspended: readonly Stretch[];
  firstDay: number;
  dueDay: number;
  due: number;
  end: number;
  daysAllowed: number;
}

interface Count {
  amount: number;
  over: number;
  reason: DayReason;
  source: string | null;
}

const NOT_COUNTED: Count = { amount: 0, over: 0, reason: 'not-worked', source: null };

/** Counts one day of a limit in days. `counted` is what the days before it have added up to. */
function countDay(frame: Frame, day: number, counted: number): Count {
  const { spec, calendar, firstDay, dueDay, suspended } = frame;
  if (day === firstDay) return { ...NOT_COUNTED, reason: 'start-day' };
  const isInWorkingDays = spec.limit?.unit !== 'calendar-day';
  if (isInWorkingDays && !calendar.isWorkingDay(day)) return NOT_COUNTED;
  if (suspended.some(({ from, to }) => day > calendar.dayOf(from) && day <= calendar.dayOf(to)))
    return { ...NOT_COUNTED, reason: 'suspended', source: suspensionSource(spec, calendar, day) };
  if (day > dueDay) return { amount: 0, over: 1, reason: 'over', source: null };
  // Only these notations move a due instant on from the last day counted.
  const canMove =
    spec.limit?.movesToWorkingDay === true || spec.limit?.atTime === true || spec.limit?.amount === 0;
  if (canMove && counted >= frame.daysAllowed) return { ...NOT_COUNTED, reason: 'moved' };
  return { amount: 1, over: 0, reason: 'counted', source: null };
}

/** Counts one day of a limit in hours: the time that ran on it, before and after the due instant. */
function countTime({ spec, calendar, suspended, due, end }: Frame, day: number): Count {
  const from = Math.max(calendar.startOfDay(day), spec.startedAt);
  const to = calendar.startOfDay(day + 1);
  const measure = (start: number, stop: number): number =>
    stop <= start ? 0 : spec.limit!.unit === 'wall-ms' ? stop - start : calendar.elapsedMs(start, stop);
  const running = (start: number, stop: number): number =>
    suspended.reduce(
      (sum, held) => sum - measure(Math.max(start, held.from), Math.min(stop, held.to)),
      measure(start, stop),
    );
  const amount = running(from, Math.min(to, Math.max(due, from)));
  const over = running(Math.max(from, due), Math.min(to, end));
  const isHeld =
    measure(from, to) > 0 &&
    amount + over === 0 &&
    suspended.some((held) => held.from < to && held.to > from);
  const reason: DayReason = isHeld ? 'suspended' : over > 0 ? 'over' : amount > 0 ? 'counted' : 'not-worked';
  return { amount, over, reason, source: isHeld ? suspensionSource(spec, calendar, day) : null };
}

function suspensionSource(spec: ClockSpec, calendar: WorkingCalendar, day: number): string | null {
  const pause = spec.pauses.find(
    ({ from, to }) => calendar.dayOf(from) <= day && (to === null || calendar.dayOf(to) >= day),
  );
  if (!pause) return null;
  return [pause.ground, pause.notice ?? pause.eventId].filter(Boolean).join(' ') || null;
}

/** What sort of day it is; `day` is a local day number. */
export function dayKindOf(calendar: WorkingCalendar, day: number): DayKind {
  const entry = calendar.entryOf(day);
  const isWorked = calendar.isWorkingDay(day);
  if (entry !== undefined)
    return 'off' in entry ? 'holiday' : 'work' in entry ? 'adjusted-working-day' : 'special-hours';
  return isWorked ? 'working-day' : 'rest-day';
}
