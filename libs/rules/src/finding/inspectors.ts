import type { Assignment } from '../clock/case-facts';
import type { Finding } from '../verdict';

/**
 * INS-1: fewer persons assigned than the law asks for. Such an assignment ends no clock.
 * @see 行政许可法 第五十五条第二款：行政机关……应当自受理申请之日起五日内指派两名以上工作人员按照技术标准、技术规范进行检验、检测、检疫。
 */
export function findInspectors(assignments: readonly Assignment[], findings: Finding[]): void {
  for (const { eventId, at, inspectors } of assignments)
    if (inspectors < 2)
      findings.push({
        code: 'INS-1',
        severity: 'serious',
        ref: `fewer-than-two-inspectors:${eventId}`,
        at,
        detail: { kind: 'fewer-than-two-inspectors', event: eventId, inspectors },
      });
}
