import type { Assignment, CaseFacts, Fee } from './case-facts';

/** Shared by the many cases without. */
const NO_FEES: readonly Fee[] = [];
const NO_INSTANTS: readonly number[] = [];
const NO_ASSIGNMENTS: readonly Assignment[] = [];

/** Facts of a case about which nothing has been said yet. */
export function emptyFacts(caseNo: string): CaseFacts {
  return {
    caseNo,
    item: null,
    department: null,
    stepDepartment: null,
    district: null,
    hall: null,
    submittedAt: null,
    acceptedAt: null,
    notAcceptedAt: null,
    corrections: [],
    suspensions: [],
    namedEnds: new Set(),
    extensions: [],
    steps: [],
    decidedAt: null,
    result: null,
    deliveredAt: null,
    laterDeliveries: NO_INSTANTS,
    fees: NO_FEES,
    returns: NO_INSTANTS,
    ended: null,
    carried: {
      promiseLimit: null,
      statutoryLimit: null,
      promiseDueAt: null,
      statutoryDueAt: null,
      permitExpiresAt: null,
    },
    assignments: NO_ASSIGNMENTS,
    hearing: null,
    ratings: null,
    firstEventAt: 0,
    findings: [],
  };
}
