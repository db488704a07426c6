import type { Light } from '../../libs/contracts/src/light';

/* Recorded series (deploy/prometheus/recording.rules.yml) and what is made of them. Gauges of state are `max` over the
   monitors there; counters are summed. */

export const CASES = 'department_light:mingjian_cases:sum';
export const CLOCKS = 'clock_light:mingjian_clocks:max';
export const DEPARTMENTS = 'department_name_district_hall:mingjian_department_info:max';
export const CHANGES = 'department_clock_to:mingjian_light_changes:increase1h';

/** Open cases of the chosen departments with a light. */
export function casesOfChosen(light: Light): string {
  return `sum(${CASES}{light="${light}", department=~"$department"})`;
}

/** A vector by department, with the names and places of the departments. */
export function withNames(expr: string, ...labels: readonly string[]): string {
  return `(${expr}) * on (department) group_left (${labels.join(', ')}) ${DEPARTMENTS}`;
}

/** What counts as overdue, as working time in days of eight hours: a quantile over all red cases of now. */
export function overdueQuantile(quantile: number): string {
  return `histogram_quantile(${quantile}, sum by (le) (max by (clock, le) (mingjian_overdue_age_working_seconds_bucket)))`;
}

export function lagQuantile(quantile: number, stage: 'lit' | 'sent'): string {
  return `histogram_quantile(${quantile}, stage_le:mingjian_warning_lag_seconds_bucket:rate5m{stage="${stage}"})`;
}
