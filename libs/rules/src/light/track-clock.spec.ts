import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import type { Given } from '../testing/clock-life';
import { findingsOf, life, show, specOf } from '../testing/clock-life';
import { trackClock } from './track-clock';

/** Office hours 09:00–12:00 and 13:30–17:00; the clocks start on Monday 14 September 2026 at 10:00. */
describe('the life of a clock', () => {
  it('is green, yellow from its threshold, and red from the millisecond after its limit', () => {
    expect(life({ limit: '2wd', yellow: ['1wd'] })).toEqual([
      '09-14 10:00 green running due 09-16 23:59:59.999 by event',
      '09-15 00:00 yellow running due 09-16 23:59:59.999 by time',
      '09-17 00:00 red overdue due 09-16 23:59:59.999 by time',
    ]);
  });

  it('without a threshold is yellow only between the due instant and red', () => {
    expect(life({ limit: '8wh', red: '1wd' })).toEqual([
      '09-14 10:00 green running due 09-15 11:30 by event',
      '09-15 11:30:00.001 yellow overdue due 09-15 11:30 by time',
      '09-16 11:30:00.001 red overdue due 09-15 11:30 by time',
    ]);
    expect(life({ limit: '2wd' })).toEqual([
      '09-14 10:00 green running due 09-16 23:59:59.999 by event',
      '09-17 00:00 red overdue due 09-16 23:59:59.999 by time',
    ]);
  });

  it('that is never red stays yellow', () => {
    expect(life({ limit: '8wh', red: null, yellow: ['1wh'] })).toEqual([
      '09-14 10:00 green running due 09-15 11:30 by event',
      '09-15 10:30 yellow running due 09-15 11:30 by time',
      '09-15 11:30:00.001 yellow overdue due 09-15 11:30 by time',
    ]);
  });

  it('whose threshold lies before its start is yellow from its start', () => {
    expect(life({ limit: '2wd', yellow: ['5wd'] })[0]).toBe(
      '09-14 10:00 yellow running due 09-16 23:59:59.999 by event',
    );
  });

  it.each([
    ['2026-09-16 23:59:59.999', 'green', 'in time at the last instant'],
    ['2026-09-17 00:00', 'red', 'late a millisecond after it'],
  ])('that ends at %s is %s: %s', (end, light) => {
    const lines = life({ limit: '2wd', yellow: ['1wd'], end });
    expect(lines.at(-1)).toBe(`${show(at(end))} ${light} finished due 09-16 23:59:59.999 by event`);
  });

  it('whose threshold is its start is yellow because it started', () => {
    expect(life({ limit: '8wh', yellow: ['8wh'] })[0]).toBe(
      '09-14 10:00 yellow running due 09-15 11:30 by event',
    );
  });

  it('that ends late keeps the light it had', () => {
    expect(life({ limit: '8wh', red: '1wd', end: '2026-09-15 17:00' }).at(-1)).toBe(
      '09-15 17:00 yellow finished due 09-15 11:30 by event',
    );
    expect(life({ limit: '8wh', red: '1wd', end: '2026-09-17 17:00' }).at(-1)).toBe(
      '09-17 17:00 red finished due 09-15 11:30 by event',
    );
  });

  it('that ends as it begins has only its end', () => {
    expect(life({ limit: '2wd', end: '2026-09-14 10:00' })).toEqual([
      '09-14 10:00 green finished due 09-16 23:59:59.999 by event',
    ]);
  });

  it('that becomes known later begins to be seen then, by the passing of time', () => {
    expect(life({ limit: '5wd', yellow: ['1wd'], visibleFrom: '2026-09-18 12:00' })).toEqual([
      '09-18 12:00 yellow running due 09-20 23:59:59.999 by time',
      '09-21 00:00 red overdue due 09-20 23:59:59.999 by time',
    ]);
    expect(life({ limit: '2wd', visibleFrom: '2026-09-21 00:00' })).toEqual([
      '09-21 00:00 red overdue due 09-16 23:59:59.999 by time',
    ]);
  });
});

describe('a clock that nobody can measure', () => {
  it('is grey, and stays grey when it ends', () => {
    expect(life({ unknown: 'no-limit' })).toEqual(['09-14 10:00 grey unknown due none by event']);
    expect(life({ unknown: 'no-limit', end: '2026-09-15 10:00' })).toEqual([
      '09-14 10:00 grey unknown due none by event',
      '09-15 10:00 grey finished due none by event',
    ]);
    expect(life({ unknown: 'no-limit', end: '2026-09-14 10:00' })).toEqual([
      '09-14 10:00 grey finished due none by event',
    ]);
  });

  it('because it ends before it starts is a finding', () => {
    const given: Given = { limit: '2wd', end: '2026-09-14 09:59' };
    expect(life(given)).toEqual(['09-14 10:00 grey unknown due none by event']);
    expect(trackClock(specOf(given), OFFICE_2026, []).unknownBecause).toBe('contradiction');
    expect(findingsOf(given)).toEqual([
      {
        code: 'DQ-3',
        severity: 'serious',
        ref: 'finished-before-start:promise',
        at: at('2026-09-14 10:00'),
        detail: { kind: 'finished-before-start', clock: 'promise' },
      },
    ]);
    expect(findingsOf({ limit: '2wd', end: '2026-09-14 10:00' })).toEqual([]);
  });

  it('keeps the reason that it had where it also ends before it starts, and is not provisional', () => {
    const given: Given = { unknown: 'no-limit', end: '2026-09-14 09:59' };
    expect(trackClock(specOf(given), OFFICE_2026, [])).toMatchObject({
      unknownBecause: 'no-limit',
      provisional: false,
    });
    expect(findingsOf(given)).toEqual([]);
  });

  it('and becomes known after its end shows its end alone', () => {
    expect(life({ unknown: 'no-limit', end: '2026-09-15 10:00', visibleFrom: '2026-09-16 00:00' })).toEqual([
      '09-16 00:00 grey finished due none by event',
    ]);
    expect(life({ unknown: 'no-limit', end: '2026-09-15 10:00', visibleFrom: '2026-09-15 10:00' })).toEqual([
      '09-15 10:00 grey finished due none by event',
    ]);
  });
});

describe('a track', () => {
  it('says who and what the clock is, as its spec does', () => {
    const spec = specOf({ limit: '7wd@time' });
    Object.assign(spec, { step: 's', post: 'p', department: 'd', issue: 'confirmed', countsForCase: false });
    expect(trackClock(spec, OFFICE_2026, [])).toMatchObject({
      clock: 'promise',
      kind: 'promise',
      step: 's',
      post: 'p',
      department: 'd',
      issue: 'confirmed',
      limit: '7wd@time',
      startedAt: at('2026-09-14 10:00'),
      finishedAt: null,
      countsForCase: false,
      unknownBecause: null,
      suspensions: [],
      extensions: [],
    });
    expect(trackClock(specOf({ unknown: 'no-limit' }), OFFICE_2026, []).limit).toBeNull();
  });

  it('is provisional where its due instant leaves the published calendar, moved there or not', () => {
    const calendar = calendarOf({
      calendar: 'short',
      timezone: 'Asia/Shanghai',
      weekly: weekdays([['09:00', '17:00']]),
      publishedThrough: '2026-09-17',
    });
    const isProvisional = (given: Given): boolean => trackClock(specOf(given), calendar, []).provisional;
    expect(isProvisional({ limit: '2wd' })).toBe(false);
    expect(isProvisional({ limit: '4wd' })).toBe(true);
    expect(isProvisional({ limit: '2wd', extensions: [['2026-09-15 10:00', 2]] })).toBe(true);
    expect(isProvisional({ limit: '8wh', extensions: [['2026-09-14 11:00', 1]] })).toBe(false);
    expect(isProvisional({ limit: '8wh', extensions: [['2026-09-14 11:00', 5]] })).toBe(true);
    expect(isProvisional({ carried: '2026-09-30 10:00' })).toBe(false);
    // Moved by working days, it rests on days that nobody has published.
    expect(
      isProvisional({ carried: '2026-09-17 10:00', pauses: [['2026-09-14 11:00', '2026-09-15 11:00']] }),
    ).toBe(true);
    expect(isProvisional({ limit: '48h', extensions: [['2026-09-14 11:00', 5]] })).toBe(true);
    expect(isProvisional({ limit: '999h' })).toBe(false);
    // Ended while it was held: the end moves its due instant once more.
    const held: Given = { limit: '3wd', pauses: [['2026-09-15 10:00', null]], end: '2026-09-16 10:00' };
    expect(isProvisional(held)).toBe(true);
  });
});
