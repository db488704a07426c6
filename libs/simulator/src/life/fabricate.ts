import { cityTime } from '../city/city-hours';
import type { LivedEvent } from './life-writer';

/**
 * 补录: nobody recorded the steps, so the uploader gives every step the time of completion. What the applicant
 * knows (submission, acceptance, delivery) keeps its time.
 */
export function fabricate(life: readonly LivedEvent[]): LivedEvent[] {
  const decided = life.find(({ event }) => event.type === 'case.decided' || event.type === 'case.forwarded');
  if (decided === undefined) return [...life];
  return life.map((lived) =>
    lived.event.type.startsWith('step.') && lived.at < decided.at
      ? { at: decided.at, event: { ...lived.event, time: cityTime(decided.at) } }
      : lived,
  );
}
