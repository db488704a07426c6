/** Calendars and questions whose answers were counted by hand from the notation of limits. */

const HOURS = [
  ['09:00', '12:00'],
  ['13:30', '17:00'],
];
const WEEKLY = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS };

/** A Chinese office with a few days of autumn 2026; published to the end of the year. */
export const OFFICE = {
  calendar: 'office',
  timezone: 'Asia/Shanghai',
  weekly: WEEKLY,
  days: [
    { date: '2026-09-20', work: true, name: '国庆节' },
    { date: '2026-09-25', off: true, name: '中秋节' },
    { date: '2026-10-01', off: true, name: '国庆节' },
    { date: '2026-10-09', hours: [['09:00', '11:00']], name: '停电' },
  ],
  publishedThrough: '2026-12-31',
};

/** The same text a person would write. */
export const OFFICE_YAML = `
calendar: office
timezone: Asia/Shanghai
weekly:
  mon: &hours [["09:00","12:00"],["13:30","17:00"]]
  tue: *hours
  wed: *hours
  thu: *hours
  fri: *hours
days:
  - { date: 2026-09-20, work: true, name: 国庆节 }
  - { date: 2026-09-25, off: true, name: 中秋节 }
  - { date: 2026-10-01, off: true, name: 国庆节 }
  - { date: 2026-10-09, hours: [["09:00","11:00"]], name: 停电 }
publishedThrough: 2026-12-31
`;

/** An office whose clocks change. */
export const NEW_YORK = { calendar: 'ny', timezone: 'America/New_York', weekly: WEEKLY };

export interface DueQuestion {
  calendar: 'office' | 'ny';
  from: string;
  limit: string;
  direction?: 'back';
  pauses?: [string, string | null][];
  dueAt: string | null;
  provisional?: true;
}

const office = (
  from: string,
  limit: string,
  dueAt: string | null,
  more: Partial<DueQuestion> = {},
): DueQuestion => ({ calendar: 'office', from, limit, dueAt, ...more });
const ny = (from: string, limit: string, dueAt: string): DueQuestion => ({
  calendar: 'ny',
  from,
  limit,
  dueAt,
});
const pauses = (...list: [string, string | null][]): Partial<DueQuestion> => ({ pauses: list });
const back: Partial<DueQuestion> = { direction: 'back' };

export const DUE_QUESTIONS: DueQuestion[] = [
  // Days 1–7: 15, 16, 17, 18, the make-up Sunday 20, 21, 22.
  office('2026-09-14T16:00', '7wd', '2026-09-22T23:59:59.999+08:00'),
  office('2026-09-14T08:00:00Z', '7wd', '2026-09-22T23:59:59.999+08:00'),
  office('2026-09-14T04:00:00-04:00', '7wd@time', '2026-09-22T16:00:00.000+08:00'),
  office('2026-09-14T12:30', '7wd@time', '2026-09-22T13:30:00.000+08:00'),
  office('2026-09-14T18:00', '7wd@time', '2026-09-23T09:00:00.000+08:00'),
  office('2026-09-19T10:00', '1wd', '2026-09-20T23:59:59.999+08:00'),
  office('2026-09-14T16:00', '0wd', '2026-09-14T23:59:59.999+08:00'),
  // One hour on Monday, six and a half on Tuesday, half an hour on Wednesday.
  office('2026-09-14T16:00', '8wh', '2026-09-16T09:30:00.000+08:00'),
  office('2026-09-14T16:00', '1wh', '2026-09-14T17:00:00.000+08:00'),
  office('2026-09-14T12:15', '90wm', '2026-09-14T15:00:00.000+08:00'),
  office('2026-09-14T16:59:30', '60ws', '2026-09-15T09:00:30.000+08:00'),
  office('2026-10-09T10:00', '2wh', '2026-10-12T10:00:00.000+08:00'),
  // The sixtieth day is 1 October, which is closed here; 2 October is not.
  office('2026-08-02T10:00', '60d', '2026-10-02T23:59:59.999+08:00'),
  office('2026-08-02T10:00', '60d!', '2026-10-01T23:59:59.999+08:00'),
  office('2026-08-02T10:00', '60d!@time', '2026-10-01T10:00:00.000+08:00'),
  office('2026-09-14T16:00', '48h', '2026-09-16T16:00:00.000+08:00'),
  office('2026-12-28T10:00', '7wd', '2027-01-06T23:59:59.999+08:00', { provisional: true }),

  // Days: the working days after the suspension up to the resumption, 16 and 17, come on top.
  office('2026-09-14T16:00', '7wd', '2026-09-24T23:59:59.999+08:00', {
    ...pauses(['2026-09-15T09:00', '2026-09-17T09:00']),
  }),
  // The same twice over, and one inside the other: counted once.
  office('2026-09-14T16:00', '7wd', '2026-09-24T23:59:59.999+08:00', {
    ...pauses(
      ['2026-09-15T09:00', '2026-09-17T09:00'],
      ['2026-09-15T09:00', '2026-09-17T09:00'],
      ['2026-09-15T11:00', '2026-09-16T09:00'],
    ),
  }),
  // Hours: exactly the working time covered, six and a half hours and one.
  office('2026-09-14T16:00', '8wh', '2026-09-17T10:30:00.000+08:00', {
    ...pauses(['2026-09-15T09:00', '2026-09-16T10:00']),
  }),
  office('2026-09-14T16:00', '7wd', null, pauses(['2026-09-15T09:00', null])),
  // A suspension after the limit has run out, or before the start, changes nothing.
  office('2026-09-14T16:00', '7wd', '2026-09-22T23:59:59.999+08:00', {
    ...pauses(['2026-09-23T09:00', '2026-09-28T09:00'], ['2026-09-10T09:00', '2026-09-11T09:00']),
  }),

  office('2026-09-22T16:00', '7wd', '2026-09-14T00:00:00.000+08:00', back),
  office('2026-09-22T16:00', '7wd@time', '2026-09-14T16:00:00.000+08:00', back),
  office('2026-09-22T12:30', '7wd@time', '2026-09-14T12:00:00.000+08:00', back),
  office('2026-09-14T16:00', '8wh', '2026-09-11T14:30:00.000+08:00', back),
  office('2026-10-02T10:00', '1d!', '2026-10-01T00:00:00.000+08:00', back),

  // Daylight saving ends on 1 November 2026 and begins on 8 March 2026.
  ny('2026-10-01T10:00', '56d!@time', '2026-11-26T10:00:00.000-05:00'),
  ny('2026-03-07T02:30', '1d!@time', '2026-03-08T03:30:00.000-04:00'),
  ny('2026-10-31T01:30', '1d!@time', '2026-11-01T01:30:00.000-04:00'),
  ny('2026-10-30T16:30', '1wh', '2026-11-02T09:30:00.000-05:00'),
  ny('2026-10-31T12:00', '24h', '2026-11-01T11:00:00.000-05:00'),
  ny('2026-10-31T12:00', '1d!', '2026-11-01T23:59:59.999-05:00'),
];
