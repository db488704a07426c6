import { isNotInFormat } from '../finding/not-in-format';
import type { CompiledItem } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { Extension } from './case-facts';

/**
 * The extension that counts: the first one, when it has an approver and a notice to the applicant (where the source's
 * format has a field for them) and is not longer than the law allows. Any other moves no clock and is a finding, from when the clocks that it would have moved are
 * known (`knownFrom`, epoch ms): a case that is not accepted yet has none. Whether it was in time is asked of each clock.
 * @see 行政许可法 第四十二条：经本行政机关负责人批准，可以延长十日，并应当将延长期限的理由告知申请人。
 */
export function effectiveExtensions(
  extensions: readonly Extension[],
  item: CompiledItem,
  knownFrom: number,
  findings: Finding[],
): readonly Extension[] {
  const effective: Extension[] = [];
  for (const extension of extensions) {
    const kind = reasonAgainst(extension, effective.length > 0, item.extensionMaxDays);
    if (kind === null) {
      effective.push(extension);
      sayWhatIsNotInFormat(extension, knownFrom, findings);
    } else
      findings.push({
        code: 'EXT-1',
        severity: 'serious',
        ref: `${kind}:${extension.eventId}`,
        at: Math.max(extension.at, knownFrom),
        detail: { kind, days: extension.days, allowedDays: item.extensionMaxDays },
      });
  }
  return effective;
}

function reasonAgainst(extension: Extension, hasEarlier: boolean, maxDays: number): string | null {
  if (hasEarlier) return 'extended-twice';
  if (extension.days > maxDays) return 'extension-too-long';
  const { approver, notice, cannotExpress = [] } = extension;
  if (approver === null && !cannotExpress.includes('approver')) return 'extension-without-approver';
  if (notice === null && !cannotExpress.includes('notice')) return 'extension-without-notice';
  return null;
}

/** It counts, because nobody can say in that format what the law asks for; what could not be checked is said. */
function sayWhatIsNotInFormat(
  { at, approver, notice, cannotExpress = [] }: Extension,
  knownFrom: number,
  findings: Finding[],
): void {
  const from = Math.max(at, knownFrom);
  if (approver === null) isNotInFormat('approver', cannotExpress, from, findings);
  if (notice === null) isNotInFormat('notice', cannotExpress, from, findings);
}
