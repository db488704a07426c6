import type { Presenter } from '../../api/present';
import { CAUSE_NAMES, SUM_NAMES } from './since-words';
import type { BulletinSince } from './bulletin-since';
import type { SumChange } from './sums-of-fact';

/** What changed since a bulletin, as the API and the command line answer it: names beside codes, instants with their offset. */
export function presentSince(since: BulletinSince, present: Presenter): object {
  const named = <T extends SumChange>(change: T): object => ({ ...change, label: SUM_NAMES[change.name] });
  return {
    ...since,
    madeAt: present.time(since.madeAt),
    comparedAt: present.time(since.comparedAt),
    total: since.total.map(named),
    departments: since.departments.map((one) => ({ ...one, changes: one.changes.map(named) })),
    cases: since.cases.map((one) => ({
      ...one,
      departmentName: present.departmentName(one.department),
      because: one.because.map((cause) => ({ cause, label: CAUSE_NAMES[cause] })),
      changes: one.changes.map(named),
    })),
    lights: since.lights.map((one) => ({ ...one, departmentName: present.departmentName(one.department) })),
  };
}
