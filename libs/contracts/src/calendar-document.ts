import { z } from 'zod';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day from 00:00 to 24:00, written HH:MM');
const date = z.iso.date({ error: 'a date, written YYYY-MM-DD' });

/** Opening intervals of a day, closed–open, in the calendar's zone. An empty list means closed. */
export const OpeningIntervals = z
  .array(z.tuple([time, time]))
  .superRefine((intervals, context) => {
    const sorted = intervals
      .map(([from, to], index) => ({ from, to, index }))
      .sort((a, b) => (a.from < b.from ? -1 : 1));
    sorted.forEach(({ from, to, index }, position) => {
      if (to <= from)
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'closing after opening; split an interval over midnight at 24:00',
        });
      const previous = sorted[position - 1];
      if (previous && from < previous.to)
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'intervals that do not overlap; join the two',
        });
    });
  })
  .transform((intervals) => [...intervals].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
export type OpeningIntervals = z.infer<typeof OpeningIntervals>;

/** Where a day entry applies; left out: everywhere. All that is named must be the same. */
const scope = z
  .strictObject({
    district: z.string().min(1).optional(),
    hall: z.string().min(1).optional(),
    department: z.string().min(1).optional(),
  })
  .refine((named) => Object.keys(named).length > 0, 'at least one of district, hall, department');
export type CalendarScope = z.infer<typeof scope>;

const origin = {
  date,
  /** Last day of a stretch of equal days that begins on `date`. */
  through: date.optional(),
  /** 局部停办: a closure, or other hours, of one place only. */
  scope: scope.optional(),
  /** The legal basis of an entry with a scope: 停办公告, 防汛应急响应 …; needed there. */
  basis: z.string().min(1).optional(),
  /** 节日 or cause, for the explanation. */
  name: z.string().optional(),
  /** The notice or legal basis that set this day. */
  notice: z.string().optional(),
  /** The day from which this entry was known; an entry without one was always known. Later knowledge wins. */
  knownSince: date.optional(),
};

/** A listed date replaces the weekly pattern: closed, open with the usual hours, or open at given hours. */
export const CalendarDay = z
  .union(
    [
      z.strictObject({ ...origin, off: z.literal(true) }),
      z.strictObject({ ...origin, work: z.literal(true) }),
      z.strictObject({ ...origin, hours: OpeningIntervals }),
      /** 半天假: the usual hours without those before or after 12:00. */
      z.strictObject({ ...origin, halfOff: z.enum(['morning', 'afternoon']) }),
    ],
    {
      error:
        'a date with exactly one of off: true, work: true, hours: [["09:00","12:00"]] or halfOff: afternoon',
    },
  )
  .superRefine((day, context) => {
    if (day.through !== undefined && day.through < day.date)
      context.addIssue({ code: 'custom', path: ['through'], message: 'a day not before date' });
    if (day.scope !== undefined && day.basis === undefined)
      context.addIssue({
        code: 'custom',
        path: ['basis'],
        message: 'a legal basis; a closure of one place needs it: who ordered it, by which notice',
      });
  });
export type CalendarDay = z.infer<typeof CalendarDay>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** 工作日历: which days and hours are worked, in one IANA time zone. */
export const CalendarDocument = z.strictObject({
  calendar: z.string().min(1),
  version: z.string().optional(),
  timezone: z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai'),
  weekly: z.partialRecord(z.enum(WEEKDAYS), OpeningIntervals),
  /** Departments with a weekly pattern of their own. */
  departments: z
    .record(z.string(), z.strictObject({ weekly: z.partialRecord(z.enum(WEEKDAYS), OpeningIntervals) }))
    .optional(),
  days: z.array(CalendarDay).default([]),
  /** First and last day for which the days are known; outside them every answer is provisional. */
  publishedFrom: date.optional(),
  publishedThrough: date.optional(),
});
export type CalendarDocument = z.infer<typeof CalendarDocument>;
