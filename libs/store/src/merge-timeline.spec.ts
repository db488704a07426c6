import fc from 'fast-check';
import type { TimelineEvent } from '@mingjian/contracts';
import { mergeTimeline } from './merge-timeline';

const event = (id: string, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  source: 's',
  id,
  type: 'case.rated',
  caseNo: 'C-1',
  occurredAt: 1,
  receivedAt: 10,
  data: {},
  ...more,
});

describe('joining arriving events with a timeline', () => {
  it('adds what is new', () => {
    const merge = mergeTimeline([event('a')], [event('b')]);
    expect(merge.added).toEqual([event('b')]);
    expect(merge.events).toHaveLength(2);
  });

  it('takes an event of another source with the same id for another event', () => {
    expect(mergeTimeline([event('a')], [event('a', { source: 't' })]).added).toHaveLength(1);
  });

  it('drops a repeat, also one within the same batch', () => {
    const merge = mergeTimeline([], [event('a'), event('a')]);
    expect(merge.added).toHaveLength(1);
    expect(merge.duplicates).toHaveLength(1);
  });

  it('keeps the earlier receipt of the same report', () => {
    const merge = mergeTimeline([event('a')], [event('a', { receivedAt: 5 })]);
    expect(merge.replaced).toEqual([event('a', { receivedAt: 5 })]);
    expect(merge.losers).toEqual([]);
  });

  it('gives the identity to the event received first and tells the loser', () => {
    const late = event('a', { receivedAt: 20, data: { grade: 1 } });
    expect(mergeTimeline([event('a')], [late])).toMatchObject({ losers: [late], replaced: [], added: [] });
    expect(mergeTimeline([late], [event('a')])).toMatchObject({ losers: [late], replaced: [event('a')] });
  });

  it('ends with the same timeline and the same losers in whatever order and portions the events arrive', () => {
    const events = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        receivedAt: fc.constantFrom(null, 1, 2, 3),
        data: fc.constantFrom({}, { grade: 1 }, { grade: 2 }),
      }),
      { maxLength: 12 },
    );
    const outcome = (portions: TimelineEvent[][]): string => {
      let timeline: TimelineEvent[] = [];
      const losers = new Set<string>();
      for (const portion of portions) {
        const merge = mergeTimeline(timeline, portion);
        timeline = merge.events;
        for (const loser of merge.losers) losers.add(JSON.stringify([loser.id, loser.data]));
      }
      // An event that lost once and won by an earlier receipt afterwards is no loser.
      for (const winner of timeline) losers.delete(JSON.stringify([winner.id, winner.data]));
      return JSON.stringify([timeline.map((one) => JSON.stringify(one)).sort(), [...losers].sort()]);
    };
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 5 }), fc.nat(), (drawn, size, seed) => {
        const all = drawn.map(({ id, ...more }) => event(id, more));
        const shuffled = [...all].sort((a, b) => hash(a, seed) - hash(b, seed));
        const portions: TimelineEvent[][] = [];
        for (let i = 0; i < shuffled.length; i += size) portions.push(shuffled.slice(i, i + size));
        expect(outcome(portions)).toBe(outcome([all]));
      }),
    );
  });
});

function hash(one: TimelineEvent, seed: number): number {
  const text = `${JSON.stringify(one)}${seed}`;
  let value = seed;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) | 0;
  return value;
}
