/* eslint-disable jest/no-export -- a part of a suite is not itself a test file */
import {
  countHeld,
  countQuarantined,
  countWaitingFeedRejects,
  endQuarantine,
  findQuarantined,
  heldMeanings,
  heldOfSource,
  insertEvents,
  keepQuarantined,
  listSourceClocks,
  loadFeedRejects,
  noteSourceClock,
  quarantinedById,
  saveFeedRejects,
  type Store,
  waitingFeedRejects,
} from '../index';
import { AT, placed, timelineEvent } from './rows-under-test';

/** What came in and cannot be used, and what the clocks of sources said. Part of the suite of every engine; `open` gives the store of the spec that runs. */
export function checkIntake(open: () => Store): void {
  let store: Store;
  beforeEach(() => void (store = open()));

  it('keeps a quarantined record once and ends its quarantine once', async () => {
    const record = {
      id: 'q1',
      source: 's',
      feed: 'http',
      place: 'body',
      reason: 'invalid' as const,
      field: 'type',
      expected: 'a type',
      got: '"x"',
      hint: '',
      raw: '{}',
      receivedat: '2026-09-14T10:00:00.123+08:00',
    };
    expect(await store.write((tx) => keepQuarantined(tx, [record, record]))).toBe(1);
    expect(await store.write((tx) => keepQuarantined(tx, [record]))).toBe(0);
    expect(await countHeld(store)).toBe(1);
    expect(await findQuarantined(store, 'q1')).toMatchObject({ receivedAt: AT, state: 'held', raw: '{}' });
    const end = { state: 'released' as const, at: AT + 1, by: 'operator', eventIds: 'e-1, e-2' };
    expect(await store.write((tx) => endQuarantine(tx, 'q1', end))).toBe(true);
    const late = { state: 'discarded' as const, at: AT + 2, by: 'somebody' };
    expect(await store.write((tx) => endQuarantine(tx, 'q1', late))).toBe(false);
    expect(await findQuarantined(store, 'q1')).toMatchObject({
      ...{ state: 'released', releasedAt: AT + 1, endedBy: 'operator', endedWith: 'e-1, e-2' },
    });
    expect(await countHeld(store)).toBe(0);
    expect(await countQuarantined(store)).toEqual({ held: 0, released: 1, resolved: 0, discarded: 0 });
  });

  it('tells which held records have come since, by the event that each would have been', async () => {
    const held = (id: string, event: string | null, reason: 'invalid' | 'identity-conflict' = 'invalid') => ({
      ...{ id, source: 's', feed: 'http', place: '', reason, field: '', expected: '', got: '', hint: '' },
      ...{ raw: '', receivedat: new Date(AT).toISOString() },
      ...(event === null ? {} : { meant: { subject: 'C-1', id: event } }),
    });
    await store.write(async (tx) => {
      await keepQuarantined(tx, [held('q1', 'e-1'), held('q2', 'e-2'), held('q3', null)]);
      await keepQuarantined(tx, [held('q4', 'e-1', 'identity-conflict')]);
      await insertEvents(tx, [
        placed({ ...timelineEvent('C-1', 'e-1'), source: 's', receivedAt: AT + 1 }),
        placed({ ...timelineEvent('C-1', 'e-2'), source: 's', receivedAt: AT }),
      ]);
    });
    const first = await heldMeanings(store, { receivedAt: 0, id: '' }, 1);
    expect(first).toEqual([{ id: 'q1', source: 's', eventId: 'e-1', receivedAt: AT, arrivedAt: AT + 1 }]);
    expect(await heldMeanings(store, first[0]!, 10)).toMatchObject([{ id: 'q2', arrivedAt: null }]);
  });

  it('finds what is held of a source since an instant, the newest first, and whole by its id', async () => {
    const record = (id: string, receivedAt: number, source = 's') => ({
      ...{ id, source, feed: 'table', place: `f: t[id=${id}]`, reason: 'unmappable' as const, field: 'f' },
      ...{
        expected: '',
        got: '',
        hint: '',
        raw: `{"姓名":"${id}"}`,
        receivedat: new Date(receivedAt).toISOString(),
      },
    });
    await store.write(async (tx) => {
      await keepQuarantined(tx, [
        record('q1', AT),
        record('q2', AT + 2),
        record('q3', AT + 1),
        record('q4', AT - 1),
      ]);
      await keepQuarantined(tx, [record('q5', AT, 'other'), record('q6', AT)]);
      await endQuarantine(tx, 'q6', { state: 'discarded', at: AT, by: 'somebody' });
    });
    const found = await heldOfSource(store, 's', AT, 10);
    expect(found.map(({ id }) => id)).toEqual(['q2', 'q3', 'q1']);
    expect(found[0]).toEqual({ id: 'q2', feed: 'table', place: 'f: t[id=q2]' });
    expect(await heldOfSource(store, 's', AT, 1)).toHaveLength(1);
    const rows = await quarantinedById(store, ['q1', 'q5', 'none']);
    expect([...rows.keys()].sort()).toEqual(['q1', 'q5']);
    expect(rows.get('q1')).toMatchObject({ raw: '{"姓名":"q1"}', receivedAt: AT, state: 'held' });
    expect(await quarantinedById(store, [])).toEqual(new Map());
  });

  it('remembers what of a feed’s rows lies in quarantine, and which of them wait', async () => {
    const row = { feed: 'f', rowKey: 'k1', rowValues: '["1"]', isWaiting: true, record: '{}' };
    await store.write((tx) =>
      saveFeedRejects(tx, 'f', {
        kept: [
          { ...row, quarantineId: 'a' },
          { ...row, quarantineId: 'b', isWaiting: false },
          { ...row, quarantineId: 'c', rowKey: 'k2' },
        ],
        ended: [],
      }),
    );
    expect([...(await loadFeedRejects(store, 'f', ['k1', 'k3'])).entries()]).toMatchObject([
      ['k1', [{ quarantineId: 'a' }, { quarantineId: 'b', isWaiting: false }]],
    ]);
    expect(await waitingFeedRejects(store, 'f', 'a', 10)).toEqual([
      { ...row, quarantineId: 'c', rowKey: 'k2' },
    ]);
    await store.write((tx) =>
      saveFeedRejects(tx, 'f', { kept: [{ ...row, quarantineId: 'a', isWaiting: false }], ended: ['c'] }),
    );
    expect(await countWaitingFeedRejects(store, 'f')).toBe(0);
    expect(await loadFeedRejects(store, 'other', ['k1'])).toEqual(new Map());
  });

  it('keeps the latest reading of a source’s clock by each way, in whatever order they come', async () => {
    const clock = { source: 's', way: 'table' as const, offsetMs: 180_000, withinMs: 10, measuredAt: AT };
    for (const one of [
      clock,
      { ...clock, offsetMs: -5, measuredAt: AT - 1 },
      { ...clock, way: 'http' as const, withinMs: null },
    ])
      await store.write((tx) => noteSourceClock(tx, one));
    expect(await listSourceClocks(store)).toEqual([{ ...clock, way: 'http', withinMs: null }, clock]);
    await store.write((tx) => noteSourceClock(tx, { ...clock, offsetMs: 7, measuredAt: AT + 1 }));
    expect(await listSourceClocks(store)).toMatchObject([{}, { offsetMs: 7, measuredAt: AT + 1 }]);
  });
}
