import { noSums, type CaseFact, type FigureSums } from '@mingjian/rules';

/**
 * What one case adds to the sums of a month: docs/statistics.md in another form, for a single fact. `upheld` is not of the fact and
 * stays 0. `libs/store/src/statistics/fact-sums.ts` says the same to the database; a test holds the two together.
 */
export function sumsOfFact(fact: CaseFact | null, month: string): FigureSums {
  const sums = noSums();
  if (fact === null) return sums;
  if (fact.acceptedMonth === month) sums.accepted = 1;
  if (fact.endedMonth !== month) return sums;
  const { decided, usedDays, promiseDays, statutoryDays, itemClass } = fact;
  Object.assign(sums, {
    ...{ ended: 1, decided, withoutResult: 1 - decided, sameDay: fact.sameDay, savedDays: fact.savedDays },
    ...{ suspended: fact.suspendedDays > 0 ? 1 : 0, suspendedDays: fact.suspendedDays },
    ...{ reopened: fact.reopened, incomplete: fact.incomplete },
    ...{ ratings: fact.ratings, badRatings: fact.badRatings, gradeSum: fact.gradeSum },
  });
  if (decided === 0) return sums;
  if (itemClass === 'on-the-spot') sums.onTheSpot = 1;
  if (itemClass === 'joint') sums.joint = 1;
  if (usedDays === null) return sums;
  Object.assign(sums, { timed: 1, usedDays });
  if (promiseDays !== null)
    Object.assign(sums, {
      ...{ promised: 1, latePromise: fact.latePromise, early: fact.early },
      ...{ promiseDays, promiseUsed: usedDays },
    });
  if (statutoryDays !== null)
    Object.assign(sums, {
      ...{ statutory: 1, lateStatutory: fact.lateStatutory },
      ...{ statutoryDays, statutoryUsed: usedDays },
    });
  return sums;
}

/** A sum that is another now. */
export interface SumChange {
  name: keyof FigureSums;
  then: number;
  now: number;
}

/** The sums that differ, in their order. What `then` does not know is left out: an older release counted less. */
export function changedSums(then: Partial<FigureSums>, now: FigureSums): SumChange[] {
  return (Object.keys(now) as (keyof FigureSums)[]).flatMap((name) => {
    const before = then[name];
    return before === undefined || before === now[name] ? [] : [{ name, then: before, now: now[name] }];
  });
}
