/* eslint-disable jest/no-export -- a suite that each engine's own spec calls is not itself a test file */
import {
  claimFeed,
  declareFeed,
  FeedLostError,
  forgetFeedFiles,
  forgetFeedMapping,
  listFeedFiles,
  listFeedStates,
  loadFeedFile,
  loadFeedMappings,
  loadFeedPending,
  loadFeedRows,
  loadFeedState,
  pauseFeed,
  releaseFeed,
  renewFeed,
  replaceFeedPending,
  requestOfFeed,
  saveFeedFile,
  saveFeedMapping,
  saveFeedProgress,
  saveFeedRows,
  type FeedFileRow,
  type FeedMappingRow,
  type HeldFeed,
  type Store,
} from '../index';

const AT = Date.parse('2026-09-14T02:00:00.123Z');
const LEASE = 30_000;

/** Stores of two processes on the same data, or one twice where the engine has one writer; `dispose` closes them. */
export interface TwoStores {
  one: Store;
  other: Store;
  dispose(): Promise<void>;
}

/** What the feeds need of every engine behind {@link Store}. One suite, run on each. */
export function checkFeedConformance(engine: string, open: () => Promise<TwoStores>): void {
  describe(`the state of feeds on ${engine}`, () => {
    let one: Store;
    let other: Store;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ one, other, dispose } = await open());
      await one.write((tx) => declareFeed(tx, 'housing', 'table'));
    });
    afterEach(() => dispose());

    const claim = (store: Store, owner: string, at: number): Promise<HeldFeed | null> =>
      store.write((tx) => claimFeed(tx, 'housing', owner, at, LEASE));

    it('is made once, and lets one of many that ask at the same time have the feed', async () => {
      await other.write((tx) => declareFeed(tx, 'housing', 'table'));
      const asked = await Promise.all(
        Array.from({ length: 8 }, (_, n) => claim(n % 2 === 0 ? one : other, `process-${n}`, AT)),
      );
      const got = asked.filter((held) => held !== null);
      expect(got).toHaveLength(1);
      expect(await listFeedStates(other)).toMatchObject([
        { feed: 'housing', owner: got[0]?.owner, epoch: 1, leaseUntil: AT + LEASE, paused: false },
      ]);
    });

    it('is taken by another when the lease is over; whoever held it then writes nothing any more', async () => {
      const first = (await claim(one, 'first', AT))!;
      expect(await claim(other, 'second', AT + LEASE - 1)).toBeNull();
      // The same values again count as written, too.
      for (let n = 0; n < 2; n++) await one.write((tx) => renewFeed(tx, first, AT + LEASE));
      for (let n = 0; n < 2; n++) await one.write((tx) => saveFeedProgress(tx, first, { position: 'a' }));
      const second = (await claim(other, 'second', AT + LEASE))!;
      expect(second.epoch).toBe(2);
      await expect(one.write((tx) => renewFeed(tx, first, AT + 2 * LEASE))).rejects.toThrow(FeedLostError);
      await expect(
        one.write(async (tx) => {
          await replaceFeedPending(tx, 'housing', ['of the first']);
          await saveFeedProgress(tx, first, { position: 'b' });
        }),
      ).rejects.toThrow(FeedLostError);
      await one.write((tx) => releaseFeed(tx, first));
      expect(await loadFeedState(one, 'housing')).toMatchObject({ owner: 'second', position: 'a' });
      expect(await loadFeedPending(one, 'housing')).toEqual([]);
      await other.write((tx) => releaseFeed(tx, second));
      expect((await claim(one, 'third', AT))?.epoch).toBe(3);
    });

    it('adds up what was brought in, and remembers errors and what an operator wants', async () => {
      const held = (await claim(one, 'first', AT))!;
      const step = { records: 5, events: 4, rejects: 1, lastProgressAt: AT, failures: 2, retryAt: AT + 1 };
      for (let n = 0; n < 2; n++)
        await one.write((tx) => saveFeedProgress(tx, held, { ...step, lastError: '断开' }));
      expect(await other.write((tx) => pauseFeed(tx, 'housing', true))).toBe(true);
      expect(await other.write((tx) => requestOfFeed(tx, 'housing', '{"from":1}'))).toBe(true);
      expect(await other.write((tx) => pauseFeed(tx, 'nobody', true))).toBe(false);
      expect(await loadFeedState(other, 'housing')).toMatchObject({
        ...{ records: 10, events: 8, rejects: 2, failures: 2, lastError: '断开', paused: true },
        ...{ request: '{"from":1}', lastProgressAt: AT, lastRunAt: null, retryAt: null },
      });
      expect(await loadFeedState(other, 'nobody')).toBeNull();
    });

    it('remembers rows and what is to be published, also where it is long', async () => {
      const row = { feed: 'housing', rowKey: 'k1', digest: 'd1', version: '2', events: '事'.repeat(30_000) };
      await one.write((tx) => saveFeedRows(tx, [row, { ...row, rowKey: 'k2' }]));
      await one.write((tx) => saveFeedRows(tx, [{ ...row, digest: 'd2' }]));
      const known = await loadFeedRows(other, 'housing', ['k1', 'k2', 'k3']);
      expect([...known.keys()].sort()).toEqual(['k1', 'k2']);
      expect(known.get('k1')).toEqual({ ...row, digest: 'd2' });
      const payloads = Array.from({ length: 12 }, (_, n) => `${n} ${'x'.repeat(70_000)}`);
      await one.write((tx) => replaceFeedPending(tx, 'housing', payloads));
      expect(await loadFeedPending(other, 'housing')).toEqual(payloads);
      await one.write((tx) => replaceFeedPending(tx, 'housing', []));
      expect(await loadFeedPending(other, 'housing')).toEqual([]);
    });

    it('knows files by their content, and forgets those of a period that were ended', async () => {
      const file = (digest: string, more: Partial<FeedFileRow> = {}): FeedFileRow => ({
        ...{ feed: 'housing', digest, name: `${digest}.csv`, state: 'done' as const, updatedAt: AT },
        ...{ records: 3, events: 2, rejects: 1, rejectsBytes: 70 },
        ...more,
      });
      for (const row of [file('a'), file('b', { updatedAt: AT + 10 }), file('c', { state: 'reading' })])
        await one.write((tx) => saveFeedFile(tx, row));
      expect(await loadFeedFile(other, 'housing', 'b')).toEqual(file('b', { updatedAt: AT + 10 }));
      expect((await listFeedFiles(other, 'housing', 2)).map(({ digest }) => digest)).toEqual(['b', 'a']);
      expect(await one.write((tx) => forgetFeedFiles(tx, 'housing', AT, AT + 10))).toBe(1);
      expect((await listFeedFiles(other, 'housing', 9)).map(({ digest }) => digest)).toEqual(['b', 'c']);
      expect(await loadFeedFile(other, 'housing', 'a')).toBeNull();
    });

    it('knows with which mapping each feed reads, as it was told last, also where the document is long', async () => {
      const row: FeedMappingRow = {
        ...{
          feed: 'housing',
          kind: 'table',
          mapping: 'exchange',
          digest: 'd1',
          origin: 'file',
          draftId: null,
        },
        ...{
          document: JSON.stringify({ description: '映'.repeat(30_000) }),
          source: 'urn:dept:1',
          toldAt: AT,
        },
      };
      const approved: FeedMappingRow = {
        ...row,
        digest: 'd2',
        origin: 'approved',
        draftId: 7,
        toldAt: AT + 1,
      };
      await one.write((tx) => saveFeedMapping(tx, row));
      await one.write((tx) => saveFeedMapping(tx, { ...row, feed: 'another' }));
      await one.write((tx) => saveFeedMapping(tx, approved));
      expect(await loadFeedMappings(other)).toEqual([{ ...row, feed: 'another' }, approved]);
      await one.write((tx) => forgetFeedMapping(tx, 'another'));
      expect(await loadFeedMappings(other)).toEqual([approved]);
    });
  });
}
