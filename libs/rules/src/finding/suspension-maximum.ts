import type { Limit, WorkingCalendar } from '../calendar';
// Straight from the file: a getter of an index in between is a tenth of the time of judging.
import { dueAt } from '../calendar/due-at';
import type { Suspension } from '../clock/case-facts';
import type { CaseClocks } from '../clock/clocks-of-case';
import type { Finding } from '../verdict';
import { lawfulGround } from './suspension-ground';

/**
 * SUS-2: a suspension that lasts longer than its ground may. Becomes true at the instant after the last one within the
 * maximum, which may be still to come while the suspension is open. A suspension lasts to the end of its case at most.
 *
 * The evidence holds only what is known at that instant: the working day on which it became true, not how long it
 * lasted in the end.
 * @see a local rule: `switches.suspensionMaxDays`; 行政许可法 第四十五条 says only that the time needed is told
 */
export function findOverMaximum(
  suspensions: readonly Suspension[],
  maximum: ReadonlyMap<string, Limit>,
  { endedAt, lastInstant }: Pick<CaseClocks, 'endedAt' | 'lastInstant'>,
  calendar: WorkingCalendar,
  findings: Finding[],
): void {
  for (const { eventId, from, to, ground, daysApplied } of suspensions) {
    if (ground === null || (lastInstant !== null && from > lastInstant)) continue;
    const lawful = lawfulGround(ground);
    const limit = lawful === null ? undefined : maximum.get(lawful);
    if (limit === undefined) continue;
    const last = dueAt(calendar, limit, from).dueAt!;
    if ((to !== null && to <= last) || (endedAt !== null && endedAt <= last)) continue;
    findings.push({
      code: 'SUS-2',
      severity: 'serious',
      ref: `suspended-beyond-maximum:${eventId}`,
      at: last + 1,
      detail: {
        kind: 'suspended-beyond-maximum',
        event: eventId,
        ground: lawful,
        days: limit.amount + 1,
        allowedDays: limit.amount,
        daysApplied,
      },
    });
  }
}
