import type { CannotExpress } from '@mingjian/contracts';
import type { Finding } from '../verdict';

const KINDS: Readonly<Record<CannotExpress, string>> = {
  'step-start': 'step-start-not-in-format',
  'step-times': 'step-times-not-in-format',
  'suspension-end': 'suspension-end-not-in-format',
  approver: 'approver-not-in-format',
  notice: 'notice-not-in-format',
};

/**
 * DQ-10: something is missing because the source's format has no field for it. Stands in the place of the finding that
 * the department left it out, once a case for each kind: nobody there can mend it, and no value is made up.
 * @see mappings: `cannotExpress`
 * @returns whether it is so; otherwise it was left out.
 */
export function isNotInFormat(
  what: CannotExpress,
  cannotExpress: readonly CannotExpress[],
  at: number | null,
  findings: Finding[],
): boolean {
  if (!cannotExpress.includes(what)) return false;
  const kind = KINDS[what];
  if (!findings.some(({ ref }) => ref === kind))
    findings.push({ code: 'DQ-10', severity: 'notice', ref: kind, at, detail: { kind } });
  return true;
}
