import type { Place, WorkingCalendar } from '../calendar';
import type { CompiledStep } from '../ruleset/compile-rules';
import type { RulesInForce } from '../ruleset/rule-book';
import type { CaseFacts, StepRun } from './case-facts';

/** Where a clock runs, and the calendar that counts there. */
export interface Office extends Place {
  calendar: WorkingCalendar;
}

/**
 * Where a case is handled: by the department that answers for it, in the district and hall that its events name or, where
 * they name none, in those of the department.
 * @see a local rule: `departments.CODE` of the ruleset, `days[].scope` of the calendar
 */
export function officeOfCase(
  { district, hall }: Pick<CaseFacts, 'district' | 'hall'>,
  department: string | null,
  { ruleset, calendar }: RulesInForce,
): Office {
  const known = department === null ? undefined : ruleset.document.departments[department];
  const office: Office = {
    department,
    district: district ?? known?.district ?? null,
    hall: hall ?? known?.hall ?? null,
    calendar,
  };
  office.calendar = calendar.at(office);
  return office;
}

/** Where a run of a step is done: where the case is, unless another department does it. The same object then. */
export function officeOfStep(
  run: Pick<StepRun, 'department'>,
  step: Pick<CompiledStep, 'department'>,
  office: Office,
  { ruleset, calendar }: RulesInForce,
): Office {
  const department = step.department ?? run.department ?? office.department;
  if (department === null || department === office.department) return office;
  const known = ruleset.document.departments[department];
  const place: Place = {
    department,
    district: known?.district ?? office.district,
    hall: known?.hall ?? office.hall,
  };
  return { ...place, calendar: calendar.at(place) };
}
