import { BadInstantError, formatInstant, parseInstant } from './parse-instant';
import { Zone } from './zone';

const SHANGHAI = Zone.of('Asia/Shanghai');
const NEW_YORK = Zone.of('America/New_York');
const utc = (text: string): number => Date.parse(text);

describe('a written time', () => {
  it.each([
    ['2026-09-14', '2026-09-13T16:00:00.000Z', 'a date is its first instant'],
    ['2026-09-14 10:00', '2026-09-14T02:00:00.000Z', 'without offset it is in the calendar’s zone'],
    ['2026-09-14T10:00:59', '2026-09-14T02:00:59.000Z', 'with seconds'],
    ['2026-09-14t10:00:59', '2026-09-14T02:00:59.000Z', 'with a small t'],
    ['2026-09-14T10:00:00.5', '2026-09-14T02:00:00.500Z', 'half a second'],
    ['2026-09-14T10:00:00,123', '2026-09-14T02:00:00.123Z', 'with a comma'],
    ['2026-09-14T10:00:00.123999999', '2026-09-14T02:00:00.123Z', 'finer than a millisecond: cut off'],
    ['2026-09-14T10:00:00Z', '2026-09-14T10:00:00.000Z', 'UTC'],
    ['2026-09-14T10:00:00z', '2026-09-14T10:00:00.000Z', 'UTC, small'],
    ['2026-09-14T10:00:00+08:00', '2026-09-14T02:00:00.000Z', 'east'],
    ['2026-09-14T10:00:00-04:30', '2026-09-14T14:30:00.000Z', 'west, with half an hour'],
    ['2026-09-14T10:00:00+0530', '2026-09-14T04:30:00.000Z', 'an offset without a colon'],
    ['2026-09-14 10:00 +08:00', '2026-09-14T02:00:00.000Z', 'an offset after a space'],
    ['2026-09-14+08:00', '2026-09-13T16:00:00.000Z', 'a date with an offset'],
    ['  2026-09-14 10:00  ', '2026-09-14T02:00:00.000Z', 'with white space around it'],
    ['2026-09-14 24:00', '2026-09-14T16:00:00.000Z', '24:00 is the first instant of the next day'],
    ['2026-12-31T24:00:00', '2026-12-31T16:00:00.000Z', 'also of the next year'],
    ['2026-09-14 23:59:59.999', '2026-09-14T15:59:59.999Z', 'the last instant of a day'],
    ['2024-02-29 00:00', '2024-02-28T16:00:00.000Z', 'a leap day'],
    ['0100-01-02 00:00Z', '0100-01-02T00:00:00.000Z', 'a year of three digits'],
  ])('%s is %s (%s)', (text, expected) => {
    expect(parseInstant(text, SHANGHAI)).toBe(utc(expected));
  });

  it('is read in the zone that is given', () => {
    expect(parseInstant('2026-09-14 10:00', NEW_YORK)).toBe(utc('2026-09-14T14:00:00Z'));
    expect(parseInstant('2026-01-14 10:00', NEW_YORK)).toBe(utc('2026-01-14T15:00:00Z'));
  });

  it.each([
    '',
    'today',
    '14.09.2026',
    '2026-9-14',
    '26-09-14',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-09-31',
    '2026-09-00',
    '0099-01-01 00:00Z',
    '2026-09-14 10',
    '2026-09-14 10:60',
    '2026-09-14 10:00:60',
    '2026-09-14 25:00',
    '2026-09-14 24:01',
    '2026-09-14 24:00:01',
    '2026-09-14 24:00:00.001',
    '2026-09-14 10:00:00.',
    '2026-09-14 10:00 CST',
    '2026-09-14 10:00+8',
    'at 2026-09-14 10:00',
    '2026-09-14 10:00 or so',
  ])('is not %j', (text) => {
    expect(() => parseInstant(text, SHANGHAI)).toThrow(BadInstantError);
    expect(() => parseInstant(text, SHANGHAI)).toThrow(
      `"${text}" is no time; write 2026-09-14T10:00:00+08:00, or without offset for the calendar's own zone`,
    );
  });

  it('that is none is told with its text', () => {
    expect(new BadInstantError('then')).toMatchObject({ name: 'BadInstantError', text: 'then' });
  });
});

describe('a shown time', () => {
  it.each([
    ['2026-09-14T02:00:00.000Z', 'Asia/Shanghai', '2026-09-14T10:00:00.000+08:00'],
    ['2026-09-14T02:00:00.007Z', 'UTC', '2026-09-14T02:00:00.007+00:00'],
    ['2026-09-14T02:00:00.000Z', 'America/New_York', '2026-09-13T22:00:00.000-04:00'],
    ['2026-01-14T02:00:00.000Z', 'America/New_York', '2026-01-13T21:00:00.000-05:00'],
    ['2026-09-14T02:00:00.000Z', 'Asia/Kolkata', '2026-09-14T07:30:00.000+05:30'],
    ['2026-09-14T02:00:00.000Z', 'America/St_Johns', '2026-09-13T23:30:00.000-02:30'],
    // Local mean time of Shanghai was 8 hours, 5 minutes and 43 seconds: shown to the nearest minute.
    ['1900-06-01T00:00:00.000Z', 'Asia/Shanghai', '1900-06-01T08:05:43.000+08:06'],
  ])('of %s in %s is %s', (instant, zone, expected) => {
    expect(formatInstant(utc(instant), Zone.of(zone))).toBe(expected);
  });
});
