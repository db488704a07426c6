/** 好差评统计 of a department and of months, as far as these pages show it. */
export interface RatingSums {
  ratings: number;
  bad: number;
  /** Bad ratings that appeals cleared: in no net figure. */
  upheld: number;
  /** Real-name bad ratings, net; those of them called back, and within the limit. */
  named: number;
  contacted: number;
  contactedInTime: number;
  contactOverdue: number;
  /** Of bad ratings, net. */
  rectified: number;
  rectifiedInTime: number;
  rectifyOverdue: number;
}

const NONE: RatingSums = {
  ratings: 0,
  bad: 0,
  upheld: 0,
  named: 0,
  contacted: 0,
  contactedInTime: 0,
  contactOverdue: 0,
  rectified: 0,
  rectifiedInTime: 0,
  rectifyOverdue: 0,
};
const MEMBERS = Object.keys(NONE) as (keyof RatingSums)[];

/** The sums of several departments together: rates are never averaged, only made anew from sums. */
export function addedUp(departments: readonly RatingSums[]): RatingSums {
  const total = { ...NONE };
  for (const one of departments) for (const member of MEMBERS) total[member] += one[member];
  return total;
}

/** `66.7%`; a dash where there is nothing to divide by. */
export function rateText(part: number, whole: number): string {
  return whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`;
}
