import type { FigureSums } from '../statistics';
import type { LoweredPromise } from './promises-lowered';

/** Why a case or a light counts, and where to look. */
export interface Evidence {
  /** The case; of a complaint its number, of a promise the code of the item. */
  caseNo: string;
  /** Id of the light change, where it is a light. */
  light: number | null;
  /** The clock that was lit, or what was found. */
  rule: string;
  /** Epoch ms. */
  at: number | null;
  /** The case that was closed without a result before this one was filed. */
  earlierCase?: string;
  /** Id of the complaint, where it is one. */
  complaint?: number;
  /** The item whose promise was lowered. */
  item?: string;
}

/** 参评单位: what a month says of a unit, with the evidence of all that can cost points. */
export interface UnitRecord {
  department: string;
  sums: FigureSums;
  /** Lights of the month that hold: yellow before the due instant; yellow after it or given by a person; red. */
  preWarnings: readonly Evidence[];
  yellow: readonly Evidence[];
  red: readonly Evidence[];
  /** Decided after the promise had run out, less those of which an appeal took the light away. */
  late: readonly Evidence[];
  lateStatutory: readonly Evidence[];
  /** In time only because … the same matter was closed without a result and filed again; */
  refiled: readonly Evidence[];
  /** … work went on after the decision; */
  reopened: readonly Evidence[];
  /** … the clock was stopped without right. */
  heldWithoutRight: readonly Evidence[];
  /** Ended cases whose record is not complete. */
  incomplete: readonly Evidence[];
  /** Ended without a result. */
  withoutResult: readonly Evidence[];
  /** Cases with a bad rating that counts: not those that an appeal cleared, which `ratingsCleared` numbers. */
  badRatings: readonly Evidence[];
  ratingsCleared: number;
  /** 有效投诉: about the unit, closed in the month. */
  validComplaints: readonly Evidence[];
  /** Handling limits of complaints in the unit's hands that ran out or were kept in the month, and those not kept. */
  complaintsDue: number;
  complaintsLate: readonly Evidence[];
  /** 差评 whose correction was due in the month, without cleared ones, and those not put right in time. */
  rectificationsDue: number;
  rectificationsLate: readonly Evidence[];
  /** 承诺提速: promises lowered by rules that came into force in the month. */
  promisesLowered: readonly LoweredPromise[];
}

/** Cases that are in time by the record and not in truth, each once. */
export function tricksOf({ refiled, reopened, heldWithoutRight, late }: UnitRecord): Evidence[] {
  const seen = new Set(late.map(({ caseNo }) => caseNo));
  return [...refiled, ...reopened, ...heldWithoutRight].filter(({ caseNo }) => {
    const isNew = !seen.has(caseNo);
    seen.add(caseNo);
    return isNew;
  });
}
