/* eslint-disable jest/no-export -- a suite that each engine's own spec calls is not itself a test file */
import type { RatingFact } from '@mingjian/rules';
import {
  clearedRatings,
  listRatings,
  loadRating,
  rectificationsDue,
  saveCaseRatings,
  type RatingFilter,
} from '../case-rating.store';
import {
  appealsOfRating,
  copyRatingAppeals,
  dueRatingAppeals,
  insertRatingAppeal,
  listRatingAppeals,
  loadRatingAppeal,
  openRatingAppeals,
  ratingAppealsOfCases,
  saveRatingAppeal,
} from '../rating-appeal.store';
import { RowScope } from '../row-scope';
import type { RatingAppealRow } from '../rows';
import { ratingStatistics } from '../statistics';
import type { Store } from '../store';

const AT = Date.parse('2026-09-14T02:00:00.123Z');
const DAY = 86_400_000;
const ALL = RowScope.everything;

/** What every engine must do alike with ratings and appeals against them. */
export function checkRatingsConformance(
  engine: string,
  open: () => Promise<{ store: Store; other: Store; dispose: () => Promise<void> }>,
): void {
  describe(`ratings on ${engine}`, () => {
    let store: Store;
    let other: Store;
    let dispose: () => Promise<void>;
    beforeAll(async () => {
      ({ store, other, dispose } = await open());
      await save('C-1', [rating('C-1', 'a', { grade: 1, bad: 1, realName: 1, number: 1, ...DUE })]);
      await save('C-2', [
        rating('C-2', 'b', { grade: 5, ratedAt: AT }),
        rating('C-2', 'c', {
          grade: 2,
          bad: 1,
          number: 1,
          ...DUE,
          rectifiedAt: AT + DAY,
          department: 'market',
        }),
      ]);
    });
    afterAll(() => dispose());

    const save = (caseNo: string, ratings: readonly RatingFact[], fresh = false): Promise<void> =>
      store.write((tx) => saveCaseRatings(tx, [{ caseNo, ratings }], new Set(fresh ? [caseNo] : [])));
    const ids = async (filter: Partial<RatingFilter> = {}, scope = ALL): Promise<string[]> =>
      (await listRatings(store, { now: AT + 2 * DAY, limit: 9, ...filter }, scope)).map(
        ({ eventId }) => eventId,
      );

    it('are rows that say what was judged last, and go with what was retracted', async () => {
      const kept = rating('C-3', 'kept', { tags: '["超时"]', receivedAt: AT + 1 });
      await save('C-3', [kept, rating('C-3', 'gone')], true);
      await save('C-3', [{ ...kept, grade: 4 }]);
      expect(await listRatings(store, { caseNo: 'C-3', now: AT, limit: 9 }, ALL)).toEqual([
        { ...kept, grade: 4 },
      ]);
      await save('C-3', []);
      expect(await ids({ caseNo: 'C-3' })).toEqual([]);
    });

    it('are listed newest first, in pages, within a scope, by what waits', async () => {
      expect(await ids()).toEqual(['c', 'b', 'a']);
      const [first] = await listRatings(store, { now: AT, limit: 1 }, ALL);
      expect(await ids({ after: first })).toEqual(['b', 'a']);
      expect(await ids({}, RowScope.ofDepartments(['market']))).toEqual(['c']);
      expect(await ids({}, RowScope.ofDepartments([]))).toEqual([]);
      expect(await ids({ waiting: 'contact', overdue: true })).toEqual(['a']);
      expect(await ids({ waiting: 'contact', overdue: true, now: AT })).toEqual([]);
      expect(await ids({ waiting: 'rectification' })).toEqual(['a']);
      expect(await ids({ bad: true, month: '2026-09', grade: 2, item: 'A0101' })).toEqual(['c']);
      const named = { caseNo: 'C-1', source: 's', eventId: 'a' };
      expect(await loadRating(store, named, RowScope.ofDepartments(['market']))).toBeNull();
      expect(await loadRating(store, named, ALL)).toMatchObject({ grade: 1, contactDueAt: AT + DAY });
    });

    it('count no longer, net, once an appeal was upheld; also in a store made anew', async () => {
      const sums = async () => (await ratingStatistics(store, ['2026-09'], AT + 2 * DAY, ALL))[0];
      expect(await sums()).toMatchObject({
        department: 'housing',
        sums: { ratings: 2, gradeSum: 6, bad: 1, upheld: 0, named: 1, contactOverdue: 1, rectifyOverdue: 0 },
      });
      expect(await rectificationsDue(store, AT, AT + 9 * DAY, ALL)).toHaveLength(2);
      const row = await store.write((tx) => insertRatingAppeal(tx, appeal()));
      await expect(store.write((tx) => insertRatingAppeal(tx, appeal({ no: '2' })))).rejects.toThrow();
      expect(await dueRatingAppeals(store, AT + DAY, 9)).toEqual([row]);
      expect(await openRatingAppeals(store, 0, 9)).toEqual([row]);
      const upheld = { ...row, state: 'upheld' as const, endedAt: AT + DAY, nextChangeAt: null, version: 2 };
      expect(await store.write((tx) => saveRatingAppeal(tx, upheld, 7))).toBe(false);
      expect(await store.write((tx) => saveRatingAppeal(tx, upheld, 1))).toBe(true);
      expect(await openRatingAppeals(store, 0, 9)).toEqual([]);
      expect((await sums())?.sums).toMatchObject({ bad: 1, upheld: 1, named: 0, contactOverdue: 0 });
      expect(await ids({ waiting: 'contact' })).toEqual([]);
      expect(await rectificationsDue(store, AT, AT + 9 * DAY, ALL)).toHaveLength(1);
      expect(await clearedRatings(store, '2026-09', ALL)).toEqual([]);
      expect(await appealsOfRating(store, 'k')).toEqual([upheld]);
      expect(await listRatingAppeals(store, { state: 'upheld', limit: 9 }, ALL)).toEqual([upheld]);
      expect(await loadRatingAppeal(store, row.id, RowScope.ofDepartments(['market']))).toBeNull();
      await other.write((tx) => copyRatingAppeals(store, tx));
      expect(await ratingAppealsOfCases(other, ['C-1', 'C-9'])).toMatchObject([
        { caseNo: 'C-1', state: 'upheld' },
      ]);
    });
  });
}

const DUE = { contactDueAt: AT + DAY, rectifyDueAt: AT + 3 * DAY };

function rating(caseNo: string, eventId: string, more: Partial<RatingFact> = {}): RatingFact {
  return {
    ...{ caseNo, source: 's', eventId, ratedAt: caseNo === 'C-1' ? AT - 1 : AT, receivedAt: null },
    ...{ month: '2026-09', district: null, hall: null, department: 'housing', itemCode: 'A0101' },
    ...{ grade: 3, bad: 0, realName: 0, tags: '[]', number: null },
    ...{ contactDueAt: null, contactedAt: null, rectifyDueAt: null, rectifiedAt: null },
    ...more,
  };
}

function appeal(more: Partial<RatingAppealRow> = {}): Omit<RatingAppealRow, 'id'> {
  return {
    ...{ no: '1', caseNo: 'C-1', source: 's', eventId: 'a', ratingKey: 'k', attempt: 1, grade: 1 },
    ...{ department: 'housing', reason: 'malicious', state: 'filed', light: 'green', dueAt: AT + DAY },
    ...{ provisional: false, nextChangeAt: AT + DAY, version: 1, filedAt: AT, endedAt: null },
    ...more,
  };
}
