import { cityTime } from '../city/city-hours';
import type { Random } from '../random';
import type { LifeWriter, LivedEvent } from './life-writer';

const HALF_HOUR_MS = 1_800_000;
/** What an applicant knows keeps its time. */
const KEPT = /^case\.(submitted|delivered|rated|withdrawn|correction-received)$/;

/**
 * Times written down by hand, mostly on the full or half hour before, where the department has that habit. Nothing comes
 * before what it follows.
 */
export function roundTimes(writer: LifeWriter, random: Random): LivedEvent[] {
  let before = -Infinity;
  return writer.events.map((lived) => {
    const { at, event } = lived;
    const isRound = !KEPT.test(event.type) && random.chance(0.7) && writer.follows('round-times', at);
    const said = isRound ? Math.max(before, Math.floor(at / HALF_HOUR_MS) * HALF_HOUR_MS) : at;
    before = Math.max(before, said);
    return isRound ? { at: said, enteredAt: at, event: { ...event, time: cityTime(said) } } : lived;
  });
}
