import type { CaseFacts } from '../clock/case-facts';
import type { Finding } from '../verdict';

/**
 * MAT-1: a correction asked for once more, or after acceptance. `deemedAt` (epoch ms) is the instant at which silence
 * made the case accepted.
 * @see 行政许可法 第三十二条第一款第（四）项：应当当场或者在五日内一次告知申请人需要补正的全部内容。
 */
export function findCorrections(
  { corrections, acceptedAt }: Pick<CaseFacts, 'corrections' | 'acceptedAt'>,
  deemedAt: number | null,
  findings: Finding[],
): void {
  for (let index = 0; index < corrections.length; index++) {
    const { eventId, requestedAt } = corrections[index]!;
    if (index > 0)
      findings.push({
        code: 'MAT-1',
        severity: 'warning',
        ref: `correction-requested-again:${eventId}`,
        at: requestedAt,
        detail: { kind: 'correction-requested-again', event: eventId, times: index + 1 },
      });
    // At the instant of a reported acceptance the notice came first; silence accepts from its first millisecond on.
    const isAfterReported = acceptedAt !== null && requestedAt > acceptedAt;
    if (isAfterReported || (deemedAt !== null && requestedAt >= deemedAt))
      findings.push({
        code: 'MAT-1',
        severity: 'warning',
        ref: `correction-after-acceptance:${eventId}`,
        at: requestedAt,
        detail: { kind: 'correction-after-acceptance', event: eventId },
      });
  }
}
