import { formatInstant } from '@mingjian/rules';
import type { Backtest, BacktestGroup, CaseLight, ChangedCase, Zone } from '@mingjian/rules';

/** A back-test in the form that other software reads; instants are RFC 3339 in the calendar's zone. */
export function backtestJson(result: Backtest, zone: Zone): Record<string, unknown> {
  return { ...result, changed: changedJson(result.changed, zone) };
}

/** The cases with other lights, in that form. */
export function changedJson(changed: readonly ChangedCase[], zone: Zone): object[] {
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, zone);
  const lights = (list: readonly CaseLight[]) =>
    list.map((light) => ({ ...light, from: time(light.from), dueAt: time(light.dueAt) }));
  return changed.map(({ caseNo, before, after, ...rest }) => ({
    case: caseNo,
    ...rest,
    before: lights(before),
    after: lights(after),
  }));
}

/** A back-test for people: the cases, then the departments and items, then the sum. */
export function backtestText(result: Backtest, zone: Zone): string {
  const lights = (list: readonly CaseLight[]): string =>
    list.map((light) => lightText(light, zone)).join(' → ') || 'none';
  const cases = result.changed.map(
    ({ caseNo, department, item, before, after }) =>
      `${caseNo}  ${department ?? '?'}  ${item ?? '?'}\n  before  ${lights(before)}\n  after   ${lights(after)}\n`,
  );
  const groups = (title: string, list: readonly BacktestGroup[]): string[] =>
    list
      .filter(({ changed }) => changed > 0)
      .map((group) => `${title} ${group.code ?? '?'}: ${sums(group)}\n`);
  return [
    ...cases,
    ...groups('department', result.byDepartment),
    ...groups('item', result.byItem),
    `all: ${sums(result.total)}\n`,
  ].join('');
}

function lightText({ from, light, clock, stepLight }: CaseLight, zone: Zone): string {
  const step = stepLight === 'green' ? '' : ` (steps ${stepLight})`;
  const by = clock === null || light === 'green' ? '' : ` by ${clock}`;
  return `${formatInstant(from, zone).slice(0, 16).replace('T', ' ')} ${light}${by}${step}`;
}

function sums({ cases, changed, red, yellow, grey }: BacktestGroup): string {
  return (
    `${changed} of ${cases} cases changed; red ${red.before} → ${red.after}, ` +
    `yellow ${yellow.before} → ${yellow.after}, grey ${grey.before} → ${grey.after}`
  );
}
