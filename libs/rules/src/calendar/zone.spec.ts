import { Zone } from './zone';

const HOUR = 3_600_000;
const utc = (text: string): number => Date.parse(text);
/** A wall-clock time as the zone takes and gives it: milliseconds as if it were UTC. */
const wall = (text: string): number => Date.parse(`${text}Z`);

describe('a zone', () => {
  it('is learnt once', () => {
    expect(Zone.of('Asia/Shanghai')).toBe(Zone.of('Asia/Shanghai'));
    expect(Zone.of('Asia/Shanghai').name).toBe('Asia/Shanghai');
  });

  it.each([
    ['Asia/Shanghai', '2026-09-14T02:00:00Z', 8],
    ['Asia/Kolkata', '2026-09-14T02:00:00Z', 5.5],
    ['America/New_York', '2026-09-14T02:00:00Z', -4],
    ['America/New_York', '2026-01-14T02:00:00Z', -5],
    // Summer time in China, 1986 to 1991.
    ['Asia/Shanghai', '1988-07-01T00:00:00Z', 9],
    // Far from what is learnt at first, in both directions.
    ['Europe/Amsterdam', '1975-07-01T00:00:00Z', 1],
    ['Europe/Amsterdam', '1978-07-01T00:00:00Z', 2],
    ['Europe/Amsterdam', '2099-07-01T00:00:00Z', 2],
    ['Europe/Amsterdam', '2099-12-01T00:00:00Z', 1],
    // The first question to its zone: twenty years earlier that week the clocks had not gone forward yet.
    ['Europe/Madrid', '2099-04-05T00:00:00Z', 2],
  ])('%s is at %s this many hours east of Greenwich: %d', (name, instant, hours) => {
    expect(Zone.of(name).offsetAt(utc(instant)) / HOUR).toBe(hours);
  });

  it.each([
    ['America/New_York', '2026-03-08T07:00:00Z', -5, -4],
    ['America/New_York', '2026-11-01T06:00:00Z', -4, -5],
    ['Europe/Amsterdam', '2026-03-29T01:00:00Z', 1, 2],
    ['Europe/Amsterdam', '2026-10-25T01:00:00Z', 2, 1],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 11, 10.5],
    ['Asia/Shanghai', '1989-04-15T18:00:00Z', 8, 9],
    ['Asia/Shanghai', '1989-09-16T17:00:00Z', 9, 8],
  ])('%s changes its offset at %s exactly, from %d to %d', (name, instant, before, after) => {
    const zone = Zone.of(name);
    expect(zone.offsetAt(utc(instant) - 1) / HOUR).toBe(before);
    expect(zone.offsetAt(utc(instant)) / HOUR).toBe(after);
  });

  it('gives each instant back, through every hour of a year with two changes', () => {
    const zone = Zone.of('Europe/Amsterdam');
    const second = utc('2026-10-25T01:00:00Z');
    for (let at = utc('2026-01-01T00:00:00Z'); at < utc('2027-01-01T00:00:00Z'); at += HOUR)
      // The second pass of the hour that occurs twice is written like the first.
      expect(zone.toInstant(zone.toLocal(at))).toBe(at >= second && at < second + HOUR ? at - HOUR : at);
  });

  it.each([
    ['Europe/Amsterdam', '2026-03-29T02:00:00', '2026-03-29T01:00:00Z', 'the first time skipped'],
    ['Europe/Amsterdam', '2026-03-29T02:59:59', '2026-03-29T01:59:59Z', 'the last time skipped'],
    ['Europe/Amsterdam', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z', 'the last time before'],
    ['Europe/Amsterdam', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z', 'the first time after'],
    ['Europe/Amsterdam', '2026-10-25T02:00:00', '2026-10-25T00:00:00Z', 'the first time that occurs twice'],
    ['Europe/Amsterdam', '2026-10-25T02:59:59', '2026-10-25T00:59:59Z', 'the last time that occurs twice'],
    ['Europe/Amsterdam', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z', 'the first time after'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z', 'a skipped time west of Greenwich'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z', 'a double time west of Greenwich'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00Z', 'half an hour skipped'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z', 'half an hour twice'],
    ['Asia/Shanghai', '2026-09-14T10:00:00', '2026-09-14T02:00:00Z', 'a zone without changes'],
    // The day before a change: the offsets a day around differ, but not the one that holds.
    [
      'Europe/Amsterdam',
      '2026-03-28T12:00:00',
      '2026-03-28T11:00:00Z',
      'the day before the clocks go forward',
    ],
    ['Europe/Amsterdam', '2026-03-30T01:00:00', '2026-03-29T23:00:00Z', 'the day after they went forward'],
    ['Europe/Amsterdam', '2026-10-24T12:00:00', '2026-10-24T10:00:00Z', 'the day before they go back'],
    ['Europe/Amsterdam', '2026-10-26T01:00:00', '2026-10-26T00:00:00Z', 'the day after they went back'],
  ])('%s: %s on the wall is %s (%s)', (name, local, expected) => {
    expect(Zone.of(name).toInstant(wall(local))).toBe(utc(expected));
  });

  it('has no answer outside the years 1900 to 2400, whatever was asked before, and says so', () => {
    // One zone under two names of which nothing was asked yet.
    const [early, late] = [Zone.of('Asia/Chongqing'), Zone.of('PRC')];
    expect(() => early.offsetAt(utc('1899-12-01T00:00:00Z'))).toThrow(
      new RangeError(`instant ${utc('1899-12-01T00:00:00Z')} is outside 1900–2400`),
    );
    expect(() => late.offsetAt(utc('2400-02-01T00:00:00Z'))).toThrow('is outside 1900–2400');
    // Two days beside the bounds are still known: what lies within them asks for them.
    expect(early.offsetAt(utc('1899-12-30T00:00:00Z')) / 1000).toBe(8 * 3600 + 5 * 60 + 43);
    expect(late.offsetAt(utc('2400-01-03T00:00:00Z')) / HOUR).toBe(8);
    expect(() => early.offsetAt(utc('1899-12-30T00:00:00Z') - 1)).toThrow('is outside 1900–2400');
    expect(() => late.offsetAt(utc('2400-01-03T00:00:00Z') + 1)).toThrow('is outside 1900–2400');
  });
});
