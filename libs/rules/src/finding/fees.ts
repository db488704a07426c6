import type { Fee } from '../clock/case-facts';
import type { Finding } from '../verdict';

/**
 * FEE-1: what a case was charged in all, against the item's standard (yuan; 0: free). The finding stands from the charge
 * that went over it, with the sum of all charges.
 * @see 行政许可法 第五十八、五十九条：不得收取任何费用，法律、行政法规另有规定的除外；按照公布的法定项目和标准收费。
 */
export function findFees(fees: readonly Fee[], standard: number, findings: Finding[]): void {
  const allowed = inFen(standard);
  let sum = 0;
  let overAt: number | null = null;
  for (const { at, amount } of fees) {
    sum += inFen(amount);
    if (overAt === null && sum > allowed) overAt = at;
  }
  if (overAt === null) return;
  const amount = sum / 100;
  if (standard === 0)
    findings.push({
      code: 'FEE-1',
      severity: 'serious',
      ref: 'fee-on-free-item',
      at: overAt,
      detail: { kind: 'fee-on-free-item', amount },
    });
  else
    findings.push({
      code: 'FEE-1',
      severity: 'serious',
      ref: 'fee-over-standard',
      at: overAt,
      detail: { kind: 'fee-over-standard', amount, standard },
    });
}

/** Sums of yuan with two decimals drift; sums of fen do not. */
function inFen(yuan: number): number {
  return Math.round(yuan * 100);
}
