/* eslint-disable jest/no-export -- a suite that each engine's own spec calls is not itself a test file */
import {
  countOpenCases,
  dueCaseNos,
  earliestNextChangeAt,
  findCaseFile,
  insertEvents,
  insertFindings,
  insertLightChanges,
  instantText,
  lightChangesAfter,
  lightChangesOfCase,
  listContacts,
  loadActiveFindings,
  loadActiveLightChanges,
  loadCaseFiles,
  loadSetting,
  loadTimelines,
  newestLightChangeId,
  nextCaseNos,
  noteContacts,
  replaceEvents,
  requireShards,
  RowScope,
  saveCaseFiles,
  saveSetting,
  ShardLostError,
  type Store,
  supersedeFindings,
  supersedeLightChanges,
  takeShards,
} from '../index';
import { checkAccounts } from './accounts-conformance';
import { checkActs } from './acts-conformance';
import { checkIntake } from './intake-conformance';
import { AT, caseFile, lightChange, placed, timelineEvent } from './rows-under-test';

/** A store for one spec: `reopen` closes it and opens the same data again. */
export interface StoreUnderTest {
  store: Store;
  reopen(): Promise<Store>;
  /** The differences between the rows' description and the tables; none where the migrations are right. */
  schemaDrift(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** What every engine behind {@link Store} must do. One suite, run on each. */
export function checkStoreConformance(engine: string, open: () => Promise<StoreUnderTest>): void {
  describe(`a store on ${engine}`, () => {
    let test: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      test = await open();
      store = test.store;
    });
    afterEach(() => test.dispose());

    it('has the tables that the rows describe', async () => {
      expect(await test.schemaDrift()).toEqual([]);
    });

    it('keeps instants to the millisecond, whatever the zone of the process', async () => {
      await store.write((tx) => insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]));
      const [event] = (await loadTimelines(store, ['C-1'])).get('C-1') ?? [];
      expect(event).toEqual(timelineEvent('C-1', 'e1'));
      const [raw] = await store.query<{ occurred_at: string | Date }>('SELECT occurred_at FROM step_event');
      const text =
        raw?.occurred_at instanceof Date ? instantText(raw.occurred_at.getTime()) : raw?.occurred_at;
      expect(text).toBe('2026-09-14 02:00:00.123');
    });

    it('shows a case to the departments that it is of, and to those that have a light in it', async () => {
      const cases = [
        caseFile('C-1', { department: 'housing' }),
        caseFile('C-2', { department: 'market' }),
        caseFile('C-3', { department: null }),
      ];
      await store.write((tx) => saveCaseFiles(tx, cases));
      await store.write((tx) =>
        insertLightChanges(tx, [{ ...lightChange('C-2', AT), department: 'housing' }]),
      );
      const seenBy = async (scope: RowScope): Promise<string[]> => {
        const found = await Promise.all(
          ['C-1', 'C-2', 'C-3', 'C-4'].map((no) => findCaseFile(store, scope, no)),
        );
        return found.flatMap((row) => row?.caseNo ?? []);
      };
      expect(await seenBy(RowScope.everything)).toEqual(['C-1', 'C-2', 'C-3']);
      expect(await seenBy(RowScope.ofDepartments(['housing']))).toEqual(['C-1', 'C-2']);
      expect(await seenBy(RowScope.ofDepartments(['market', 'tax']))).toEqual(['C-2']);
      expect(await seenBy(RowScope.ofDepartments(["tax') OR (1 = 1"]))).toEqual([]);
      expect(await seenBy(RowScope.ofDepartments([]))).toEqual([]);
    });

    it('keeps texts of any language and data of any shape', async () => {
      const event = {
        ...timelineEvent('办件-1', 'e1'),
        data: { item: '规划 “许可” 🏗', nested: { a: [1, null] } },
      };
      await store.write((tx) => insertEvents(tx, [placed(event)]));
      expect((await loadTimelines(store, ['办件-1'])).get('办件-1')).toEqual([event]);
    });

    it('keeps long texts whole, many of them in one call', async () => {
      const long = Array.from({ length: 12 }, (_, n) => ({
        ...timelineEvent(`C-${n}`, 'e1'),
        data: { item: 'A0101', remark: '长'.repeat(400_000) },
      }));
      await store.write((tx) => insertEvents(tx, long.map(placed)));
      expect((await loadTimelines(store, ['C-7'])).get('C-7')).toEqual([long[7]]);
    });

    it('tells names apart that differ in case, accent or trailing space, and lists them in one order', async () => {
      const names = ['B', 'a', 'A', 'á', 'a ', '办'];
      await store.write((tx) =>
        insertEvents(
          tx,
          names.map((name) => placed(timelineEvent(name, 'e1'))),
        ),
      );
      expect(await nextCaseNos(store, '', 10)).toEqual(['A', 'B', 'a', 'a ', 'á', '办']);
    });

    it('leaves nothing of a transaction that failed', async () => {
      const failed = store.write(async (tx) => {
        await insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]);
        throw new Error('half-way');
      });
      await expect(failed).rejects.toThrow('half-way');
      expect(await nextCaseNos(store, '', 10)).toEqual([]);
    });

    it('runs one write after another, and goes on after one that failed', async () => {
      const order: string[] = [];
      const first = store.write(async (tx) => {
        order.push('first begins');
        await tx.query('SELECT 1 AS one');
        order.push('first ends');
      });
      const second = store.write(async () => {
        order.push('second');
        throw new Error('second');
      });
      const third = store.write(async () => void order.push('third'));
      await Promise.allSettled([first, second, third]);
      expect(order).toEqual(['first begins', 'first ends', 'second', 'third']);
    });

    it('shows readers committed rows only', async () => {
      await store.write(async (tx) => {
        await insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]);
        expect(await nextCaseNos(store, '', 10)).toEqual([]);
        expect(await nextCaseNos(tx, '', 10)).toEqual(['C-1']);
      });
      expect(await nextCaseNos(store, '', 10)).toEqual(['C-1']);
    });

    it('refuses an identity twice, and replaces an event where it is told to', async () => {
      const event = timelineEvent('C-1', 'e1');
      await store.write((tx) => insertEvents(tx, [placed(event)]));
      await expect(store.write((tx) => insertEvents(tx, [placed(event)]))).rejects.toThrow();
      const other = { ...event, occurredAt: AT + 1 };
      await store.write((tx) => replaceEvents(tx, [placed(other)]));
      expect((await loadTimelines(store, ['C-1'])).get('C-1')).toEqual([other]);
    });

    it('writes and reads thousands of rows in one call', async () => {
      const many = Array.from({ length: 5_000 }, (_, n) => timelineEvent(`C-${n}`, 'e1'));
      await store.write((tx) => insertEvents(tx, many.map(placed)));
      const timelines = await loadTimelines(
        store,
        many.map((event) => event.caseNo),
      );
      expect([...timelines.values()].flat()).toHaveLength(5_000);
    });

    it('finds due cases earliest first, in batches, and the earliest of all', async () => {
      expect(await earliestNextChangeAt(store, [0, 1])).toBeNull();
      await store.write((tx) =>
        saveCaseFiles(tx, [
          caseFile('C-late', { nextChangeAt: AT + 3 }),
          caseFile('C-b', { nextChangeAt: AT + 1 }),
          caseFile('C-a', { nextChangeAt: AT + 1 }),
          caseFile('C-never', { nextChangeAt: null }),
          caseFile('C-elsewhere', { shard: 1, nextChangeAt: AT }),
        ]),
      );
      expect(await earliestNextChangeAt(store, [0])).toBe(AT + 1);
      expect(await earliestNextChangeAt(store, [0, 1])).toBe(AT);
      expect(await earliestNextChangeAt(store, [])).toBeNull();
      expect(await dueCaseNos(store, 0, AT, 10)).toEqual([]);
      expect(await dueCaseNos(store, 0, AT + 2, 10)).toEqual(['C-a', 'C-b']);
      expect(await dueCaseNos(store, 0, AT + 3, 1)).toEqual(['C-a']);
      expect(await dueCaseNos(store, 1, AT + 3, 10)).toEqual(['C-elsewhere']);
    });

    it('gives a shard to who takes it last, and lets nobody else write there', async () => {
      const first = await store.write((tx) => takeShards(tx, [0, 1], 'monitor-1', AT));
      await store.write((tx) => requireShards(tx, first, [0, 1]));
      const second = await store.write((tx) => takeShards(tx, [1], 'monitor-2', AT + 1));
      expect(second.get(1)).toBeGreaterThan(first.get(1) ?? Infinity);
      await store.write((tx) => requireShards(tx, first, [0]));
      await store.write((tx) => requireShards(tx, second, [1]));
      const late = store.write((tx) => requireShards(tx, first, [0, 1]));
      await expect(late).rejects.toThrow(new ShardLostError([1]));
      await expect(store.write((tx) => requireShards(tx, second, [0]))).rejects.toThrow(
        'shards 0 were taken',
      );
    });

    it('replaces a case row by its later self and counts open cases', async () => {
      await store.write((tx) => saveCaseFiles(tx, [caseFile('C-1'), caseFile('C-2', { isOpen: false })]));
      await store.write((tx) => saveCaseFiles(tx, [caseFile('C-1', { light: 'red', lightRank: 0 })]));
      expect((await loadCaseFiles(store, ['C-1', 'C-9'])).get('C-1')).toEqual(
        caseFile('C-1', { light: 'red', lightRank: 0 }),
      );
      const counts = await countOpenCases(store);
      expect(counts.map((row) => ({ ...row, count: Number(row.count) }))).toEqual([
        {
          department: 'housing',
          itemClass: 'promised',
          light: 'red',
          clockLights: 'promise=green*1',
          count: 1,
        },
      ]);
    });

    it('supersedes light changes and deletes none', async () => {
      await store.write((tx) => insertLightChanges(tx, [lightChange('C-1', AT), lightChange('C-1', AT + 1)]));
      const [first] = (await loadActiveLightChanges(store, ['C-1'])).get('C-1') ?? [];
      await store.write((tx) => supersedeLightChanges(tx, [first?.id ?? -1], AT + 5, 'late_data'));
      await store.write((tx) => supersedeLightChanges(tx, [first?.id ?? -1], AT + 9, 'rule'));
      expect((await loadActiveLightChanges(store, ['C-1'])).get('C-1')).toHaveLength(1);
      expect((await lightChangesOfCase(store, 'C-1'))[0]).toMatchObject({
        issue: 'confirmed',
        supersededAt: AT + 5,
        supersededBecause: 'late_data',
      });
      expect(await newestLightChangeId(store)).toBe((first?.id ?? 0) + 1);
      expect(await lightChangesAfter(store, first?.id ?? 0, 10)).toHaveLength(1);
    });

    it('supersedes findings and deletes none', async () => {
      await store.write((tx) =>
        insertFindings(tx, [
          {
            caseNo: 'C-1',
            code: 'SUS-5',
            severity: 'warning',
            ref: 'e1',
            at: AT,
            detail: '{}',
            department: null,
            itemCode: null,
            detectedAt: AT,
            supersededAt: null,
          },
        ]),
      );
      const [finding] = (await loadActiveFindings(store, ['C-1'])).get('C-1') ?? [];
      expect(finding).toMatchObject({ code: 'SUS-5', at: AT });
      await store.write((tx) => supersedeFindings(tx, [finding?.id ?? -1], AT + 1));
      expect((await loadActiveFindings(store, ['C-1'])).get('C-1')).toEqual([]);
      expect(await store.query('SELECT id FROM finding')).toHaveLength(1);
    });

    it('remembers settings and the latest sign of life of a source over a restart', async () => {
      await store.write((tx) => saveSetting(tx, 'digest', 'a'));
      await store.write((tx) => saveSetting(tx, 'digest', 'b'));
      await store.write((tx) => saveSetting(tx, 'digest', 'b'));
      const contact = { source: 's', department: 'housing', lastReceivedAt: AT, lastOccurredAt: AT - 5 };
      await store.write((tx) => noteContacts(tx, [contact]));
      await store.write((tx) =>
        noteContacts(tx, [{ ...contact, lastReceivedAt: AT - 9, lastOccurredAt: AT }]),
      );
      store = await test.reopen();
      expect(await loadSetting(store, 'digest')).toBe('b');
      expect(await loadSetting(store, 'none')).toBeNull();
      expect(await listContacts(store)).toMatchObject([{ ...contact, lastOccurredAt: AT }]);
    });

    checkAccounts(() => store);
    checkActs(() => store);
    checkIntake(() => store);
  });
}
