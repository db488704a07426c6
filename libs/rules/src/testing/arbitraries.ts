import type { StepEventType, TimelineEvent } from '@mingjian/contracts';
import fc from 'fast-check';
import { at, calendarOf, weekdays } from './builders';

/** Random calendars: zones with and without daylight saving, several intervals a day, holidays, make-up days. */
export const anyCalendar = fc
  .record({
    timezone: fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Amsterdam',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ),
    hours: fc.constantFrom<[string, string][]>(
      [
        ['09:00', '12:00'],
        ['13:30', '17:00'],
      ],
      [['00:00', '24:00']],
      [
        ['08:00', '11:30'],
        ['12:00', '15:45'],
        ['20:00', '23:59'],
      ],
    ),
    off: fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 30 }),
  })
  .map(({ timezone, hours, off }) =>
    calendarOf({
      calendar: 'any',
      timezone,
      weekly: weekdays(hours),
      days: off.map((offset) => {
        const date = new Date(Date.UTC(2026, 0, 1 + offset));
        const isWeekend = [0, 6].includes(date.getUTCDay());
        return { date: date.toISOString().slice(0, 10), ...(isWeekend ? { work: true } : { off: true }) };
      }),
    }),
  );

export const anyInstant = fc.integer({ min: at('2026-02-01'), max: at('2026-10-01') });
export const anyLimit = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((n) => `${n}wd`),
  fc.integer({ min: 0, max: 60 }).map((n) => `${n}wd@time`),
  fc.integer({ min: 0, max: 400 }).map((n) => `${n}wh`),
  fc.integer({ min: 0, max: 90 }).map((n) => `${n}d`),
  fc.integer({ min: 0, max: 90 }).map((n) => `${n}d!`),
  fc.integer({ min: 0, max: 90 }).map((n) => `${n}d!@time`),
  fc.integer({ min: 0, max: 900 }).map((n) => `${n}h`),
);

const HOUR = 3_600_000;
const START = at('2026-09-01');

/** Random events of one case, in any order, some at one instant, some twice, some contradictory. */
export const anyTimeline: fc.Arbitrary<TimelineEvent[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom<StepEventType>(
        'case.submitted',
        'case.accepted',
        'case.correction-requested',
        'case.correction-received',
        'step.started',
        'step.finished',
        'case.suspended',
        'case.resumed',
        'case.extended',
        'case.decided',
        'case.delivered',
        'case.withdrawn',
        'event.retracted',
      ),
      hour: fc.integer({ min: 0, max: 24 * 45 }),
      step: fc.constantFrom('review', 'approve', 'unheard-of'),
      detail: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) =>
    parts.map(({ type, hour, step, detail }, index) => ({
      source: 'urn:test',
      id: `e-${index}`,
      type,
      caseNo: 'C-1',
      occurredAt: START + hour * HOUR,
      receivedAt: START + hour * HOUR + index,
      data: {
        ...(index === 0 ? { item: 'A' } : {}),
        ...(type.startsWith('step') ? { step } : {}),
        ...(type === 'case.suspended' ? { daysApplied: detail } : {}),
        ...(type === 'case.extended' ? { days: detail + 1, approver: 'a', notice: 'n' } : {}),
        ...(type === 'event.retracted' ? { retracts: `e-${detail}` } : {}),
      },
    })),
  );
