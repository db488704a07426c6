import { OFFICE_2026, aCase, rulesetOf } from './builders';
import { proveRound } from './prove-round';
import { smallestCase } from './smallest-case';

describe('the smallest case', () => {
  const found = {
    calendar: OFFICE_2026.document,
    rulesets: [rulesetOf({ A: { name: '事项', promise: '7wd', hearing: '20wd' } })],
    events: aCase('A')
      .submitted('2026-09-14 09:00')
      .accepted('2026-09-14 10:00')
      .suspended('2026-09-15 10:00', { daysApplied: 3 })
      .decided('2026-09-18 10:00').events,
  };

  it('keeps what shows the thing, and leaves out all else', () => {
    const { calendar, rulesets, events } = smallestCase(
      found,
      (left) =>
        left.events.some(({ data }) => data.daysApplied !== undefined) &&
        left.rulesets.some(({ items }) => items.A?.promise !== undefined),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'case.suspended', data: { daysApplied: 3 } });
    expect(rulesets[0]?.items.A).not.toHaveProperty('hearing');
    expect(calendar.days).toEqual([]);
  });

  it('is the case itself where nothing can be left out', () => {
    expect(smallestCase(found, (left) => left === found)).toBe(found);
  });
});

describe('a round', () => {
  it('depends on the seed and its number alone', () => {
    const [once, again, other] = [proveRound(3, 1, true), proveRound(3, 1, true), proveRound(3, 2, true)];
    expect(again).toEqual(once);
    expect(other.counts).not.toEqual(once.counts);
  });
});
