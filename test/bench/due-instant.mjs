import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { nanosecondsPerCall, shown } from './measure.mjs';

const require = createRequire(import.meta.url);
const { dueAt, parseLimit, WorkingCalendar } = require('../../dist/libs/rules/src');
const { CalendarDocument, parseYamlDocument } = require('../../dist/libs/contracts/src');
const dayjs = require('dayjs');

const HOUR = 3_600_000;

/** One due instant: ours on the calendar of mainland China, dayjs-business-time on the nearest it can express. */
export function dueInstant(isQuick) {
  const file = new URL('../../rulesets/calendars/cn.yaml', import.meta.url);
  const calendar = WorkingCalendar.fromDocument(
    parseYamlDocument(readFileSync(file, 'utf8'), 'cn.yaml', CalendarDocument),
  );
  // Starts spread over two years, inside and outside office hours.
  const starts = Array.from({ length: 1024 }, (_, i) => Date.UTC(2025, 0, 2) + i * 17 * HOUR);
  const ours = (text) => {
    const limit = parseLimit(text);
    return nanosecondsPerCall(
      (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += dueAt(calendar, limit, starts[i & 1023]).dueAt % 1000;
        return sum;
      },
      isQuick ? 100_000 : 1_000_000,
    );
  };

  dayjs.extend(require('dayjs-business-time'));
  const week = { sunday: null, saturday: null };
  for (const day of ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
    week[day] = [
      { start: '09:00:00', end: '12:00:00' },
      { start: '13:30:00', end: '17:00:00' },
    ];
  dayjs.setBusinessTime(week);
  dayjs.setHolidays(calendar.document.days.filter((day) => 'off' in day).map((day) => day.date));
  const theirs = (add) =>
    nanosecondsPerCall(
      (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += add(dayjs(starts[(i * 37) & 1023])).valueOf() % 1000;
        return sum;
      },
      isQuick ? 5 : 40,
      3,
    );

  return [
    row(
      '20wd',
      ours('20wd'),
      theirs((start) => start.addBusinessDays(20)),
    ),
    row(
      '160wh',
      ours('160wh'),
      theirs((start) => start.addBusinessHours(160)),
    ),
  ];

  function row(limit, own, other) {
    const times = Math.round(other / own);
    return {
      what: `one due instant, ${limit} (dayjs-business-time ${shown(other)})`,
      measured: `${shown(own)}, ${times.toLocaleString('en')} ×`,
      bar: '≤ 200 ns, ≥ 1,000 ×',
      nanoseconds: own,
      baselineNanoseconds: other,
      times,
      met: own <= 200 && times >= 1000,
    };
  }
}
