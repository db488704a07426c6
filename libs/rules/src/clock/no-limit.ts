import type { Finding } from '../verdict';
import type { ClockSpec } from './clock-spec';

/** DQ-4: nobody says how long the clock may run. It is grey: not known is not green. */
export function noLimit(spec: ClockSpec, findings: Finding[]): void {
  spec.unknownBecause = 'no-limit';
  findings.push({
    code: 'DQ-4',
    severity: 'serious',
    ref: `no-limit:${spec.clock}`,
    at: spec.visibleFrom,
    detail: { kind: 'no-limit', clock: spec.clock },
  });
}
