import type { TimelineEvent } from '@mingjian/contracts';
import { canonicalJson, comparePreference, isSameReport, withoutRepeats } from './preferred-event';

const event = (more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  source: 'urn:test',
  id: 'e-1',
  type: 'case.accepted',
  caseNo: 'C-1',
  occurredAt: 1_000,
  receivedAt: 5_000,
  data: { item: 'A' },
  ...more,
});

describe('of two events with one identity', () => {
  it('the one received first is the event', () => {
    expect(comparePreference(event({ receivedAt: 4_000 }), event())).toBeLessThan(0);
    expect(comparePreference(event(), event({ receivedAt: 4_000 }))).toBeGreaterThan(0);
  });

  it('one whose receipt is not known comes after one whose receipt is', () => {
    expect(comparePreference(event({ receivedAt: null }), event())).toBeGreaterThan(0);
    expect(comparePreference(event(), event({ receivedAt: null }))).toBeLessThan(0);
  });

  it.each<[string, Partial<TimelineEvent>]>([
    ['type', { type: 'case.decided' }],
    ['case', { caseNo: 'C-2' }],
    ['instant', { occurredAt: 2_000 }],
    ['data', { data: { item: 'B' } }],
  ])('received at one instant, the content decides, and not which was asked first: %s', (_what, more) => {
    for (const receivedAt of [5_000, null]) {
      const [a, b] = [event({ receivedAt }), event({ ...more, receivedAt })];
      expect(Math.sign(comparePreference(a, b))).toBe(-1);
      expect(Math.sign(comparePreference(b, a))).toBe(1);
    }
  });

  it('the same content is the same event, whatever the order of its fields', () => {
    const [a, b] = [event({ data: { item: 'A', step: 's' } }), event({ data: { step: 's', item: 'A' } })];
    expect(comparePreference(a, b)).toBe(0);
    expect(isSameReport(a, b)).toBe(true);
  });

  it('a report is the same when type, case, instant and data are', () => {
    const { data } = event();
    expect(isSameReport(event({ data }), event({ data, receivedAt: 9, source: 'urn:other', id: 'x' }))).toBe(
      true,
    );
    expect(isSameReport(event(), event({ type: 'case.decided' }))).toBe(false);
    expect(isSameReport(event(), event({ caseNo: 'C-2' }))).toBe(false);
    expect(isSameReport(event(), event({ occurredAt: 2_000 }))).toBe(false);
    expect(isSameReport(event(), event({ data: { item: 'B' } }))).toBe(false);
  });
});

describe('events without repeats', () => {
  const early = event({ receivedAt: 1, data: { item: 'early' } });
  const late = event({ receivedAt: 2, data: { item: 'late' } });
  const items = (events: readonly TimelineEvent[]): unknown[] =>
    withoutRepeats(events).map(({ data }) => data.item);
  /** So many events with identities of their own. */
  const others = (count: number): TimelineEvent[] =>
    Array.from({ length: count }, (_, n) => event({ id: `other-${n}`, data: { item: `${n}` } }));

  it.each([0, 1, 14, 15, 16, 40])('hold each identity once, the preferred one, beside %d others', (count) => {
    for (const pair of [
      [early, late],
      [late, early],
    ]) {
      const kept = items([...pair, ...others(count)]);
      expect(kept).toHaveLength(count + 1);
      expect(kept).toContain('early');
      expect(kept).not.toContain('late');
      expect(items([pair[0]!, ...others(count), pair[1]!])).toHaveLength(count + 1);
    }
  });

  it.each([2, 30])('hold events of another source or id beside each other, also of %d', (count) => {
    const same = Array.from({ length: count }, (_, n) => event({ source: `urn:${n}` }));
    expect(withoutRepeats(same)).toEqual(same);
    expect(withoutRepeats(others(count))).toEqual(others(count));
  });

  it('are not taken for one another where source and id together read the same', () => {
    const pair = [event({ source: 'urn:a', id: 'b-1' }), event({ source: 'urn:ab', id: '-1' })];
    expect(withoutRepeats([...pair, ...others(20)])).toHaveLength(22);
  });
});

describe('canonical JSON', () => {
  it.each([
    [null, 'null'],
    [undefined, 'null'],
    ['a"b', '"a\\"b"'],
    [1.5, '1.5'],
    [true, 'true'],
    [[2, [1], null], '[2,[1],null]'],
    [{ b: 1, a: { d: [], c: 'x' } }, '{"a":{"c":"x","d":[]},"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [{}, '{}'],
    [{ c: 1, b: 2, a: 3, d: 4 }, '{"a":3,"b":2,"c":1,"d":4}'],
  ])('of %j is one text for all that is equal', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});
