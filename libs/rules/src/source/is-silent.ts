import type { SourcesSection } from '@mingjian/contracts';
import { parseLimit } from '../calendar/limit';

/** What is known of the silence of a source. */
export interface Silence {
  /** How likely it would be as silent as this although all is well; null where its rhythm is not known yet. */
  chanceOfSilence: number | null;
  /** Working time since the last sign of life, milliseconds. */
  silentWorkingMs: number;
}

/** Whether a source counts as silent (来源静默): by its own rhythm where it is known, by a fixed time otherwise. */
export function isSilent({ chanceOfSilence, silentWorkingMs }: Silence, section: SourcesSection): boolean {
  if (chanceOfSilence !== null) return chanceOfSilence < section.silentChance;
  return silentWorkingMs >= parseLimit(section.silentAfter).amount;
}
