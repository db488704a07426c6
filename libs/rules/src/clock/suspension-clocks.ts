import { parseLimit } from '../calendar/limit';
import { isNotInFormat } from '../finding/not-in-format';
import type { CompiledRuleset } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';
import type { Suspension } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';
import type { Ending } from './ending';
import { earlier } from './ending';
import { noLimit } from './no-limit';

/**
 * Each suspension against the days applied for. One without days has a grey clock and a finding: nobody can say when it
 * should end. It does not turn the case grey, whose own clocks are held and known.
 * @see 行政许可法 第四十五条：行政机关应当将所需时间书面告知申请人。
 */
export function addSuspensionClocks(
  specs: ClockSpec[],
  findings: Finding[],
  suspensions: readonly Suspension[],
  { suspension: rule }: Pick<CompiledRuleset, 'suspension'>,
  { at: end, last }: Ending,
): void {
  suspensions.forEach(({ eventId, from, to, daysApplied, cannotExpress }, index) => {
    if (last !== null && from > last) {
      findings.push({
        code: 'DQ-3',
        severity: 'warning',
        ref: `suspended-after-end:${eventId}`,
        at: from,
        detail: { kind: 'suspended-after-end', event: eventId },
      });
      return;
    }
    if (to === null && end !== null && !isNotInFormat('suspension-end', cannotExpress, end, findings))
      findings.push({
        code: 'SUS-7',
        severity: 'warning',
        ref: `suspension-open-at-end:${eventId}`,
        at: end,
        detail: { kind: 'suspension-open-at-end', event: eventId },
      });
    const spec = ruledClock(`suspension#${index + 1}`, 'suspension', from, earlier(to, end), rule);
    if (daysApplied !== null) spec.limit = parseLimit(`${daysApplied}wd${rule.atTime ? '@time' : ''}`);
    else {
      spec.countsForCase = false;
      noLimit(spec, findings);
    }
    specs.push(spec);
  });
}
