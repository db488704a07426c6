import { dateTextOf, dayNumberOf, timeOfDayMs, weekdayOf } from './local-date';

describe('a date as a number', () => {
  it.each([
    ['1970-01-01', 0, 3],
    ['1970-01-02', 1, 4],
    ['1969-12-31', -1, 2],
    ['1969-12-22', -10, 0],
    ['2026-09-14', 20_710, 0],
    ['2026-09-20', 20_716, 6],
    ['2024-02-29', 19_782, 3],
    ['1900-01-01', -25_567, 0],
  ])('%s is day %d, and weekday %d where Monday is 0', (text, day, weekday) => {
    expect(dayNumberOf(text)).toBe(day);
    expect(dateTextOf(day)).toBe(text);
    expect(weekdayOf(day)).toBe(weekday);
  });
});

describe('a time of day', () => {
  it.each([
    ['00:00', 0],
    ['00:01', 1],
    ['09:30', 570],
    ['23:59', 1_439],
    ['24:00', 1_440],
  ])('%s is %d minutes after midnight', (text, minutes) => {
    expect(timeOfDayMs(text) / 60_000).toBe(minutes);
  });
});
