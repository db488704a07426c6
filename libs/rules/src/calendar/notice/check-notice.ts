import type { CalendarDocument } from '@mingjian/contracts';
import { dayNumberOf } from '../local-date';
import { entriesByDate, isUsuallyWorked, writtenHours } from './calendar-difference';
import type { ParsedNotice } from './parsed-notice';

/** A year of any notice so far had 248 to 251 working days; outside these something is missing. */
const FEWEST_WORKING_DAYS = 245;
const MOST_WORKING_DAYS = 255;

export type NoticeFindingCode =
  'days-said' | 'make-up-balance' | 'working-days' | 'year-left-out' | 'nothing-to-extend';

/** Something that a person should look at before the calendar is used; an amendment may well cause one. */
export interface NoticeFinding {
  code: NoticeFindingCode;
  message: string;
  suggestion: string;
}

/**
 * 法定节假日 of a year for all citizens, in days. One that falls on a weekend is made up for by a weekday off.
 * @see 全国年节及纪念日放假办法 第二条（1999年、2007年、2013年、2024年修订；2008年1月1日、2014年1月1日、2025年1月1日起施行）
 */
export function statutoryHolidayDays(year: number): number {
  if (year >= 2025) return 13;
  return year >= 2008 ? 11 : 10;
}

/**
 * Holds a calendar, after a notice is in it, against what every year has to fulfil: each weekday off beyond the
 * statutory holidays is made up for by a weekend day worked, the year has 245 to 255 working days, and 共N天 are as
 * many as the dates give. 元旦 days of December belong to the year that begins.
 *
 * Does not find two errors that cancel out: the preview is for reading.
 * @see 全国年节及纪念日放假办法 第六条、第七条
 */
export function checkNotice(
  calendar: CalendarDocument,
  year: number,
  parsed?: ParsedNotice,
): NoticeFinding[] {
  return [
    ...(parsed?.counts ?? []).filter(({ said, counted }) => said !== counted).map(daysSaid),
    ...(parsed === undefined ? [] : nothingToExtend(calendar, parsed)),
    ...makeUpBalance(calendar, year),
    ...workingDays(calendar, year),
    ...yearLeftOut(calendar, year),
  ];
}

/** Working days of a calendar year, local dates of the calendar; entries of one place are left out. */
export function workingDaysOfYear(calendar: CalendarDocument, year: number): number {
  const hours = writtenHours(calendar);
  let count = 0;
  for (let day = dayNumberOf(`${year}-01-01`); day <= dayNumberOf(`${year}-12-31`); day++)
    if (hours.isWorked(day)) count++;
  return count;
}

function daysSaid({ name, said, counted }: ParsedNotice['counts'][number]): NoticeFinding {
  return {
    code: 'days-said',
    message: `${name}: the notice says 共${said}天, its dates are ${counted} days`,
    suggestion: 'compare the pasted dates with the notice',
  };
}

function nothingToExtend(calendar: CalendarDocument, parsed: ParsedNotice): NoticeFinding[] {
  return parsed.extensions
    .filter(
      ({ name, through }) =>
        !calendar.days.some(
          (day) =>
            day.scope === undefined &&
            'off' in day &&
            day.name === name &&
            day.date < through &&
            day.date.slice(0, 4) === through.slice(0, 4),
        ),
    )
    .map(({ name, through }) => ({
      code: 'nothing-to-extend',
      message: `${name} is extended through ${through}, but the calendar has no day off of that name before`,
      suggestion: 'import the notice of the whole year first',
    }));
}

function makeUpBalance(calendar: CalendarDocument, year: number): NoticeFinding[] {
  const hours = writtenHours(calendar);
  const dates = [...entriesByDate(calendar)]
    .filter(([date, { name }]) => noticeYear(date, name) === year)
    .map(([date]) => ({
      isWorked: hours.isWorked(dayNumberOf(date)),
      isUsual: isUsuallyWorked(calendar, date),
    }));
  const off = dates.filter(({ isWorked, isUsual }) => !isWorked && isUsual).length;
  const worked = dates.filter(({ isWorked, isUsual }) => isWorked && !isUsual).length;
  const statutory = statutoryHolidayDays(year);
  if (off - statutory === worked) return [];
  return [
    {
      code: 'make-up-balance',
      message: `${year}: ${off} weekdays off less ${statutory} statutory holidays are ${off - statutory}, but ${worked} weekend days are worked`,
      suggestion: 'a day is missing or too many, unless an amendment gave days off without make-up',
    },
  ];
}

function workingDays(calendar: CalendarDocument, year: number): NoticeFinding[] {
  const count = workingDaysOfYear(calendar, year);
  if (count >= FEWEST_WORKING_DAYS && count <= MOST_WORKING_DAYS) return [];
  return [
    {
      code: 'working-days',
      message: `${year} has ${count} working days, not ${FEWEST_WORKING_DAYS} to ${MOST_WORKING_DAYS}`,
      suggestion: 'the notice is incomplete, or the weekly pattern is not Monday to Friday',
    },
  ];
}

function yearLeftOut(calendar: CalendarDocument, year: number): NoticeFinding[] {
  const through = calendar.publishedThrough;
  if (through === undefined || through >= `${year}-12-31`) return [];
  return [
    {
      code: 'year-left-out',
      message: `the calendar is published through ${through}, so answers in ${year} stay provisional`,
      suggestion: 'import the notices of the whole years up to this one first',
    },
  ];
}

/** 元旦 days of December stand in the notice of the year that begins. */
function noticeYear(date: string, name: string | undefined): number {
  const isNewYear = date.slice(5, 7) === '12' && name?.includes('元旦') === true;
  return Number(date.slice(0, 4)) + (isNewYear ? 1 : 0);
}
