import { TOPICS } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import { MONITOR_GROUP } from '../../../monitor/src/intake/step-event-intake';

const POLL_MS = 5;

/** Resolves when the monitor has taken everything that is in the log now, or will take no more. */
export async function caughtUp(log: EventLog, hasGivenUp: () => boolean): Promise<void> {
  for (;;) {
    const lag = await log.lag(MONITOR_GROUP, TOPICS.stepEvents);
    if (hasGivenUp() || [...lag.values()].every((behind) => behind === 0)) return;
    await new Promise<void>((resolve) => setTimeout(resolve, POLL_MS));
  }
}
