import type { WorkingCalendar } from '@mingjian/rules';
import { BadInstantError, parseInstant } from '@mingjian/rules';
import { UsageError } from './io';

/**
 * The instants (epoch ms) that `--since` and `--until` name, both included. A date alone is its first instant for
 * `--since` and its last one for `--until`: a month is named by two dates.
 * @throws UsageError when one is no time, or the second is before the first.
 */
export function periodOf(
  { since, until }: { since: string; until: string },
  calendar: WorkingCalendar,
): { since: number; until: number } {
  const period = {
    since: instant('--since', since, calendar),
    until: instant('--until', until, calendar),
  };
  if (period.until < period.since) throw new UsageError('--until is before --since');
  return period;
}

function instant(option: '--since' | '--until', text: string, { zone }: WorkingCalendar): number {
  try {
    const isLastDay = option === '--until' && /^\d{4}-\d{2}-\d{2}$/.test(text);
    return parseInstant(isLastDay ? `${text} 23:59:59.999` : text, zone);
  } catch (error) {
    if (error instanceof BadInstantError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}
