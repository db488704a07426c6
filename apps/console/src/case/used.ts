import type { CaseClock, ExplainedClock } from '../api/answers';
import { dateText, instant } from '../time/texts';

/** How much of its limit a clock has used; in days, or in milliseconds of working time. */
export interface Used {
  unit: 'days' | 'ms';
  used: number;
  /** The limit with its extension. */
  limit: number;
}

/** @param now the daemon's time, epoch milliseconds. @returns null where a clock has no limit that could be used up. */
export function usedOf(clock: CaseClock, explained: ExplainedClock | undefined, now: number): Used | null {
  const ledger = explained?.ledger;
  if (!ledger || ledger.countedUntilDue === 0) return null;
  const { unit, countedUntilDue: limit, lines, countedOver } = ledger;
  if (unit === 'ms')
    return {
      unit,
      limit,
      used: Math.max(0, clock.workingMsLeft === null ? limit + countedOver : limit - clock.workingMsLeft),
    };
  const until = dateText(instant(clock.finishedAt) ?? now);
  const counted = lines.filter(({ date }) => date <= until).at(-1)?.total ?? 0;
  return { unit, limit, used: Math.max(counted, countedOver > 0 ? limit + countedOver : 0) };
}
