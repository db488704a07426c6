import { BadLimitError, lengthen, parseLimit, type Limit } from './limit';

const HOUR = 3_600_000;

describe('a written limit', () => {
  it.each<[string, Partial<Limit>]>([
    ['20wd', { unit: 'working-day', amount: 20, atTime: false, movesToWorkingDay: false }],
    ['7wd@time', { unit: 'working-day', amount: 7, atTime: true, movesToWorkingDay: false }],
    ['60d', { unit: 'calendar-day', amount: 60, atTime: false, movesToWorkingDay: true }],
    ['60d@time', { unit: 'calendar-day', amount: 60, atTime: true, movesToWorkingDay: true }],
    ['60d!', { unit: 'calendar-day', amount: 60, atTime: false, movesToWorkingDay: false }],
    ['60d!@time', { unit: 'calendar-day', amount: 60, atTime: true, movesToWorkingDay: false }],
    ['160wh', { unit: 'working-ms', amount: 160 * HOUR, atTime: false, movesToWorkingDay: false }],
    ['90wm', { unit: 'working-ms', amount: 1.5 * HOUR, atTime: false, movesToWorkingDay: false }],
    ['90ws', { unit: 'working-ms', amount: 90_000, atTime: false, movesToWorkingDay: false }],
    ['48h', { unit: 'wall-ms', amount: 48 * HOUR, atTime: false, movesToWorkingDay: false }],
    ['0wd', { unit: 'working-day', amount: 0 }],
    ['123456789ws', { unit: 'working-ms', amount: 123_456_789_000 }],
  ])('%s has a unit that nobody needs to guess', (text, expected) => {
    expect(parseLimit(text)).toMatchObject({ text, ...expected });
  });

  it('is shown without superfluous zeros', () => {
    expect(parseLimit('007wd@time').text).toBe('7wd@time');
    expect(parseLimit('060d!').text).toBe('60d!');
  });

  it.each([
    '',
    '20',
    'wd',
    '-3wd',
    '2.5wd',
    '20 wd',
    ' 20wd',
    '20wd ',
    '20wd\n',
    '20WD',
    '20w',
    'P1D',
    '1234567890wd',
    '20wd@',
    '20wd@noon',
    '20wd!',
    '8wh@time',
    '90wm@time',
    '90ws@time',
    '48h@time',
    '48h!',
    'constructor',
  ])('is not %j: what it takes is said instead', (text) => {
    expect(() => parseLimit(text)).toThrow(BadLimitError);
    expect(() => parseLimit(text)).toThrow(
      `"${text}" is no limit; write working days 20wd or 7wd@time, working hours 160wh, minutes 90wm or seconds 90ws, ` +
        'calendar days 60d or 60d! (not moved to a working day), with @time for the same time of day, or clock hours 48h',
    );
  });

  it('that is none is told with its text, so that its file and line can be named', () => {
    const error = ((): unknown => {
      try {
        return parseLimit('20');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ name: 'BadLimitError', text: '20' });
  });

  it('is compiled once, and a stream of different texts is not kept for ever', () => {
    expect(parseLimit('41wd')).toBe(parseLimit('41wd'));
    for (let n = 0; n < 2_000; n++) parseLimit(`${n}ws`);
    expect(parseLimit('987654321ws')).not.toBe(parseLimit('987654321ws'));
    expect(parseLimit('987654321ws')).toEqual(parseLimit('987654321ws'));
  });
});

describe('a lengthened limit', () => {
  it.each([
    ['20wd', '30wd'],
    ['7wd@time', '17wd@time'],
    ['60d', '70d'],
    ['60d!@time', '70d!@time'],
  ])('%s is %s ten days later, in days of its own kind', (text, expected) => {
    expect(lengthen(parseLimit(text), 10)).toEqual(parseLimit(expected));
  });

  it.each(['160wh', '48h'])('%s has no days of its own and stays as it is', (text) => {
    expect(lengthen(parseLimit(text), 10)).toEqual(parseLimit(text));
  });
});
