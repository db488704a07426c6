import type { ItemRule, RulesetDocument } from '@mingjian/contracts';
import type { Place } from './office-hours';
import type { CaseRecord } from './record';
import { firstSaid } from './record';

/** 承办部门 of a case and where it is handled. @see README of this library: Place. */
export function placeOfCase(record: CaseRecord, { departments }: RulesetDocument, item: ItemRule): Place {
  // Who does a step need not be who answers for the case.
  const said = record.events.find(
    ({ type, data }) => !type.startsWith('step.') && data.department !== undefined,
  );
  const department = said?.data.department ?? item.department ?? firstSaid(record, 'department');
  const seat = department === undefined ? undefined : departments[department];
  return {
    department,
    district: firstSaid(record, 'district') ?? seat?.district,
    hall: firstSaid(record, 'hall') ?? seat?.hall,
  };
}

/** A step is done where its department sits; where that is not written, where the case is handled. */
export function placeOfStep(
  ofStep: string | undefined,
  ofRun: string | undefined,
  ofCase: Place,
  { departments }: RulesetDocument,
): Place {
  const department = ofStep ?? ofRun ?? ofCase.department;
  if (department === ofCase.department) return ofCase;
  const seat = department === undefined ? undefined : departments[department];
  return {
    department,
    district: seat?.district ?? ofCase.district,
    hall: seat?.hall ?? ofCase.hall,
  };
}
