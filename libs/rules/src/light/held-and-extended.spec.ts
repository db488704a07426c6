import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import type { Given } from '../testing/clock-life';
import { findingsOf, life, show, specOf } from '../testing/clock-life';
import { trackClock } from './track-clock';

/** Office hours 09:00–12:00 and 13:30–17:00; the clocks start on Monday 14 September 2026 at 10:00. */
describe('a clock that is held', () => {
  it('has no due instant, and goes on with a later one', () => {
    expect(life({ limit: '2wd', pauses: [['2026-09-15 10:00', '2026-09-17 10:00']] })).toEqual([
      '09-14 10:00 green running due 09-16 23:59:59.999 by event',
      '09-15 10:00 green suspended due none by event',
      '09-17 10:00 green running due 09-18 23:59:59.999 by event',
      '09-19 00:00 red overdue due 09-18 23:59:59.999 by time',
    ]);
  });

  it('for good cannot expire', () => {
    const given: Given = { limit: '2wd', pauses: [['2026-09-15 10:00', null]] };
    expect(life(given).at(-1)).toBe('09-15 10:00 green suspended due none by event');
    expect(suspensionsOf(given)).toEqual(['09-15 10:00 – none']);
  });

  it('keeps the yellow that it had, and loses it where the new due instant is further away', () => {
    expect(
      life({ limit: '2wd', yellow: ['1wd'], pauses: [['2026-09-15 10:00', '2026-09-18 10:00']] }),
    ).toEqual([
      '09-14 10:00 green running due 09-16 23:59:59.999 by event',
      '09-15 00:00 yellow running due 09-16 23:59:59.999 by time',
      '09-15 10:00 yellow suspended due none by event',
      '09-18 10:00 yellow running due 09-20 23:59:59.999 by event',
      '09-21 00:00 red overdue due 09-20 23:59:59.999 by time',
    ]);
    expect(
      life({ limit: '8wh', yellow: ['2wh'], pauses: [['2026-09-15 10:00', '2026-09-15 10:30']] }).slice(1),
    ).toEqual([
      '09-15 09:30 yellow running due 09-15 11:30 by time',
      '09-15 10:00 yellow suspended due none by event',
      '09-15 10:30 yellow running due 09-15 12:00 by event',
      '09-15 12:00:00.001 red overdue due 09-15 12:00 by time',
    ]);
  });

  it('by a suspension at its last instant is held; by one after it is not, and that is a finding', () => {
    const last: Given = { limit: '2wd', pauses: [['2026-09-16 23:59:59.999', '2026-09-17 10:00']] };
    expect(life(last)).toContain('09-16 23:59:59.999 green suspended due none by event');
    expect(findingsOf(last)).toEqual([]);
    const late: Given = { limit: '2wd', pauses: [['2026-09-17 00:00', '2026-09-18 10:00']] };
    expect(life(late)).toEqual(life({ limit: '2wd' }));
    expect(findingsOf(late)).toEqual([
      {
        code: 'SUS-6',
        severity: 'serious',
        ref: 'suspended-after-due:promise',
        at: at('2026-09-17 00:00'),
        detail: { kind: 'suspended-after-due', clock: 'promise' },
      },
    ]);
    expect(findingsOf({ ...late, kind: 'statutory' })).toHaveLength(1);
    expect(findingsOf({ ...late, kind: 'step' })).toEqual([]);
    expect(findingsOf({ ...late, visibleFrom: '2026-09-18 00:00' })[0]!.at).toBe(at('2026-09-18 00:00'));
  });

  it('from before its start is held from its start; by what ended then it is not', () => {
    expect(life({ limit: '2wd', pauses: [['2026-09-11 10:00', '2026-09-15 10:00']] })).toEqual([
      '09-14 10:00 green suspended due none by event',
      '09-15 10:00 green running due 09-17 23:59:59.999 by event',
      '09-18 00:00 red overdue due 09-17 23:59:59.999 by time',
    ]);
    for (const to of ['2026-09-14 10:00', '2026-09-11 12:00']) {
      const given: Given = { limit: '2wd', pauses: [['2026-09-11 10:00', to]] };
      expect(life(given)).toEqual(life({ limit: '2wd' }));
      expect(suspensionsOf(given)).toEqual([]);
    }
  });

  it('when it ends is in time, and its suspension ends with it', () => {
    for (const to of ['2026-09-25 10:00', null]) {
      const given: Given = { limit: '2wd', pauses: [['2026-09-15 10:00', to]], end: '2026-09-22 10:00' };
      expect(life(given)).toEqual([
        '09-14 10:00 green running due 09-16 23:59:59.999 by event',
        '09-15 10:00 green suspended due none by event',
        '09-22 10:00 green finished due 09-23 23:59:59.999 by event',
      ]);
      expect(suspensionsOf(given)).toEqual(['09-15 10:00 – 09-22 10:00']);
    }
  });

  it('is not held by what begins at its end or later', () => {
    const given: Given = { limit: '2wd', end: '2026-09-15 10:00' };
    for (const from of ['2026-09-15 10:00', '2026-09-15 11:00']) {
      const held: Given = { ...given, pauses: [[from, null]] };
      expect(life(held)).toEqual(life(given));
      expect(suspensionsOf(held)).toEqual([]);
    }
  });

  it('twice is held twice, each against what the first gave', () => {
    const given: Given = {
      limit: '2wd',
      pauses: [
        ['2026-09-18 10:00', '2026-09-20 10:00'],
        ['2026-09-15 10:00', '2026-09-17 10:00'],
      ],
    };
    expect(life(given).filter((line) => line.includes('suspended'))).toHaveLength(2);
    expect(life(given).at(-1)).toBe('09-21 00:00 red overdue due 09-20 23:59:59.999 by time');
    // Each ended as it did, though the clock ended later.
    expect(suspensionsOf({ ...given, end: '2026-09-22 10:00' })).toEqual([
      '09-15 10:00 – 09-17 10:00',
      '09-18 10:00 – 09-20 10:00',
    ]);
  });
});

describe('a clock that is extended', () => {
  it('has a later due instant from the extension on', () => {
    const given: Given = { limit: '2wd', extensions: [['2026-09-15 10:00', 2]] };
    expect(life(given)).toEqual([
      '09-14 10:00 green running due 09-16 23:59:59.999 by event',
      '09-15 10:00 green running due 09-18 23:59:59.999 by event',
      '09-19 00:00 red overdue due 09-18 23:59:59.999 by time',
    ]);
    expect(trackClock(specOf(given), OFFICE_2026, []).extensions).toMatchObject([{ days: 2, eventId: 'x1' }]);
    expect(findingsOf(given)).toEqual([]);
  });

  it('at its last instant is extended, and a millisecond later it is not', () => {
    expect(life({ limit: '2wd', extensions: [['2026-09-16 23:59:59.999', 2]] }).at(-1)).toContain(
      'due 09-18',
    );
    const late: Given = { limit: '2wd', extensions: [['2026-09-17 00:00', 2]] };
    expect(life(late)).toEqual(life({ limit: '2wd' }));
    expect(findingsOf(late)).toEqual([
      {
        code: 'EXT-1',
        severity: 'serious',
        ref: 'extended-after-due:promise:x1',
        at: at('2026-09-17 00:00'),
        detail: { kind: 'extended-after-due', clock: 'promise', days: 2 },
      },
    ]);
    expect(findingsOf({ ...late, visibleFrom: '2026-09-18 00:00' })[0]!.at).toBe(at('2026-09-18 00:00'));
  });

  it('while it is held is extended, however late, up to the instant of resumption', () => {
    for (const when of ['2026-09-17 10:00', '2026-09-18 10:00'])
      expect(
        life({
          limit: '2wd',
          pauses: [['2026-09-15 10:00', '2026-09-18 10:00']],
          extensions: [[when, 1]],
        }),
      ).toEqual([
        '09-14 10:00 green running due 09-16 23:59:59.999 by event',
        '09-15 10:00 green suspended due none by event',
        '09-18 10:00 green running due 09-21 23:59:59.999 by event',
        '09-22 00:00 red overdue due 09-21 23:59:59.999 by time',
      ]);
  });

  it('while it is held to its end is extended, however late', () => {
    const given: Given = {
      limit: '2wd',
      pauses: [['2026-09-15 10:00', null]],
      extensions: [['2026-09-18 10:00', 1]],
      end: '2026-09-22 10:00',
    };
    expect(life(given).at(-1)).toBe('09-22 10:00 green finished due 09-24 23:59:59.999 by event');
    expect(findingsOf(given)).toEqual([]);
  });

  it('after its limit ran out is not saved by a suspension that comes later still', () => {
    const given: Given = {
      limit: '2wd',
      extensions: [['2026-09-17 10:00', 5]],
      pauses: [['2026-09-18 10:00', null]],
    };
    expect(life(given)).toEqual(life({ limit: '2wd' }));
    expect(findingsOf(given).map(({ code }) => code)).toEqual(['EXT-1', 'SUS-6']);
  });

  it('before or at its start is extended from the start', () => {
    for (const when of ['2026-09-11 10:00', '2026-09-14 10:00'])
      expect(life({ limit: '2wd', extensions: [[when, 1]] })).toEqual([
        '09-14 10:00 green running due 09-17 23:59:59.999 by event',
        '09-18 00:00 red overdue due 09-17 23:59:59.999 by time',
      ]);
  });

  it('at its end is extended, and after it is not', () => {
    const given: Given = { limit: '2wd', end: '2026-09-15 10:00' };
    expect(life({ ...given, extensions: [['2026-09-15 10:00', 1]] }).at(-1)).toContain('due 09-17');
    expect(life({ ...given, extensions: [['2026-09-15 10:01', 1]] }).at(-1)).toContain('due 09-16');
  });

  it('twice is extended twice', () => {
    expect(
      life({
        limit: '2wd',
        extensions: [
          ['2026-09-15 10:00', 1],
          ['2026-09-17 10:00', 1],
        ],
      }).at(-1),
    ).toBe('09-19 00:00 red overdue due 09-18 23:59:59.999 by time');
  });

  it.each([
    ['8wh', '09-16 11:30'],
    ['24h', '09-16 10:00'],
    ['3d', '09-18 23:59:59.999'],
  ])('in another unit, %s, moves by a day: to %s', (limit, due) => {
    expect(life({ limit, extensions: [['2026-09-14 11:00', 1]] }).at(-1)).toContain(`due ${due}`);
  });

  it('in calendar days has so many calendar days more, and then ends on a working day', () => {
    // Thirteen days after the 14th is a Sunday; three working days after the tenth would be the 30th.
    expect(life({ limit: '10d', extensions: [['2026-09-14 11:00', 3]] }).at(-1)).toContain('due 09-28');
  });

  it('that is due when it starts is in time at that instant', () => {
    expect(life({ carried: '2026-09-14 10:00' })).toEqual([
      '09-14 10:00 green running due 09-14 10:00 by event',
      '09-14 10:00:00.001 red overdue due 09-14 10:00 by time',
    ]);
  });
});

/** A calendar whose second day has no afternoon tells in which order a due instant was moved. */
describe('a limit in hours that is held and extended', () => {
  const calendar = calendarOf({
    calendar: 'half-day',
    timezone: 'Asia/Shanghai',
    weekly: weekdays([
      ['09:00', '12:00'],
      ['13:30', '17:00'],
    ]),
    days: [{ date: '2026-09-16', halfOff: 'afternoon' }],
    publishedThrough: '2026-12-31',
  });
  const track = (given: Given) => trackClock(specOf(given), calendar, []);

  it('is moved by what came first first', () => {
    // Due Tuesday 11:30. Extended to Wednesday 11:30, and then two hours later: half an hour of Wednesday, the rest on Thursday.
    const extendedFirst: Given = {
      limit: '8wh',
      extensions: [['2026-09-14 11:00', 1]],
      pauses: [['2026-09-15 10:00', '2026-09-15 12:00']],
    };
    expect(show(track(extendedFirst).spans.at(-1)!.dueAt)).toBe('09-17 10:30');
    // Two hours later is Tuesday 15:00; a day later the same time of Wednesday, closed or not.
    const heldFirst: Given = {
      limit: '8wh',
      pauses: [['2026-09-14 13:30', '2026-09-14 15:30']],
      extensions: [['2026-09-15 09:30', 1]],
    };
    expect(show(track(heldFirst).spans.at(-1)!.dueAt)).toBe('09-16 15:00');
  });

  it('is provisional where a suspension moves it out of the published calendar, and it counts working hours', () => {
    const moved = (limit: string, from: string, pause: [string, string], extended: string) =>
      track({ limit, from, pauses: [pause], extensions: [[extended, 1]] });
    const office = moved(
      '8wh',
      '2026-12-29 10:00',
      ['2026-12-30 09:00', '2026-12-31 09:00'],
      '2026-12-29 11:00',
    );
    expect(office.spans.at(-1)!.dueAt).toBe(at('2027-01-01 11:30'));
    expect(office.provisional).toBe(true);
    const clock = moved(
      '216h',
      '2026-12-21 10:00',
      ['2026-12-23 10:00', '2026-12-25 10:00'],
      '2026-12-22 10:00',
    );
    expect(clock.spans.at(-1)!.dueAt).toBe(at('2027-01-02 10:00'));
    expect(clock.provisional).toBe(false);
  });

  it('of a due instant that the case carries is provisional only where something moved it', () => {
    const carried = (to: string) =>
      track({ carried: '2027-02-01 17:00', pauses: [['2026-09-14 10:00', to]] }).provisional;
    expect(carried('2026-09-14 12:00')).toBe(false);
    expect(carried('2026-09-15 12:00')).toBe(true);
  });
});

function suspensionsOf(given: Given): string[] {
  return trackClock(specOf(given), OFFICE_2026, []).suspensions.map(
    ({ from, to }) => `${show(from)} – ${show(to)}`,
  );
}
