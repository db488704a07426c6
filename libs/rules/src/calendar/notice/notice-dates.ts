import { dateTextOf, dayNumberOf, weekdayOf } from '../local-date';

/** Holidays are days or weeks: a longer stretch is a misprint or a misreading. */
const LONGEST_STRETCH_DAYS = 31;
const DAY = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(\([^()]*\))?`;
/** A date, or the first and last date of a stretch; brackets hold weekday and lunar date. */
export const DATES = new RegExp(`${DAY}(?:(?:至|到|[-—–―~])+${DAY})?`, 'g');

const WEEKDAY_LETTERS = '一二三四五六日';

/** What a date without year or month leans on. */
export interface DateContext {
  year: number;
  /** 元旦: its days of December belong to the year before. */
  isNewYear: boolean;
  /** Day number of the date read last. */
  previous?: number;
}

/** Adds a problem; the caller knows the place. */
export type Complain = (expected: string, got: string, hint: string) => void;

/**
 * Day numbers of one match of {@link DATES}. A bare day (`31日`) is of the month of the date before it.
 * Guarantees: a date that does not exist, or not on the weekday in its brackets, is a problem and never a day.
 */
export function daysOf(match: RegExpMatchArray, context: DateContext, complain: Complain): number[] {
  const first = dayOf(match.slice(1, 5), context, complain);
  if (first === null) return [];
  if (match[7] === undefined) return [first];
  const parts = match.slice(5, 9);
  let last = dayOf(parts, context, complain);
  if (last === null) return [];
  // 12月30日至1月1日 with the year named only at its beginning.
  if (last < first && parts[0] === undefined && parts[1] !== undefined)
    last = dayOf([String(yearOf(first) + 1), ...parts.slice(1)], context, complain) ?? last;
  if (last < first || last - first >= LONGEST_STRETCH_DAYS) {
    complain(
      `a stretch of 1 to ${LONGEST_STRETCH_DAYS} days`,
      `${match[0]} (${dateTextOf(first)} to ${dateTextOf(last)})`,
      'compare the pasted text with the notice',
    );
    return [];
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function dayOf(
  [yearText, monthText, dayText, brackets]: (string | undefined)[],
  context: DateContext,
  complain: Complain,
): number | null {
  const written = `${yearText === undefined ? '' : `${yearText}年`}${monthText === undefined ? '' : `${monthText}月`}${dayText}日`;
  if (monthText === undefined && context.previous === undefined) {
    complain('a month before the day', written, 'the text begins in the middle of a notice');
    return null;
  }
  const before = dateTextOf(context.previous ?? 0);
  const month = Number(monthText ?? before.slice(5, 7));
  let year = context.year - (context.isNewYear && month === 12 ? 1 : 0);
  if (monthText === undefined) year = Number(before.slice(0, 4));
  if (yearText !== undefined) year = Number(yearText);
  const date = `${year}-${String(month).padStart(2, '0')}-${String(dayText).padStart(2, '0')}`;
  const day = dayNumberOf(date);
  if (Number.isNaN(day) || dateTextOf(day) !== date) {
    complain('a date that exists', `${written} (${date})`, 'correct the date');
    return null;
  }
  // Also where the weekday is wrong: the next bare day is of this month all the same.
  context.previous = day;
  return hasRightWeekday(day, brackets ?? '', complain) ? day : null;
}

function hasRightWeekday(day: number, brackets: string, complain: Complain): boolean {
  const found = /(?:星期|周|礼拜)([一二三四五六日天])/.exec(brackets);
  if (found === null) return true;
  const letter = WEEKDAY_LETTERS[weekdayOf(day)]!;
  if (found[1]!.replace('天', '日') === letter) return true;
  complain(`星期${letter} for ${dateTextOf(day)}`, found[0], 'date, weekday or year is wrong');
  return false;
}

function yearOf(day: number): number {
  return Number(dateTextOf(day).slice(0, 4));
}
