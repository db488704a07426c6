import type { CaseTracks } from '../verdict';
import { foundInCase, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

/** What somebody from outside says about a case: a rating, a complaint, a call to the hotline. */
export interface OutsideVoice {
  /** When it was said, epoch ms. */
  at: number;
  /** Whether it says that the time limit was missed. */
  saysLate: boolean;
}

/** The clocks that an applicant means when they say that it took too long. */
const MEANT = new Set(['acceptance', 'promise', 'statutory', 'delivery']);

/**
 * Whether somebody says that the limit was missed while the record says that everything was in time: double intake
 * (体外循环: the paper lay there long before it was entered), a back-dated decision, or a mistaken applicant.
 *
 * Guarantees: pure; false where any clock that an applicant can mean had run out by then, or where nobody knows (grey).
 */
export function contradicts(voice: OutsideVoice, tracks: CaseTracks): boolean {
  if (!voice.saysLate || tracks.unknownBecause !== null) return false;
  let compared = 0;
  for (const { kind, spans } of tracks.clocks) {
    if (!MEANT.has(kind)) continue;
    for (const { from, phase, light } of spans) {
      if (from > voice.at) break;
      if (phase === 'unknown') continue;
      // Over its due instant it is red, or yellow where the site has it so: the phase says it for both.
      if (phase === 'overdue' || light === 'red') return false;
      compared++;
    }
  }
  return compared > 0;
}

/** CMP-2: the rating of the case carries a tag by which the limit was missed, and the record knows of none. */
export function findContradiction(record: CaseRecord): ForensicFinding | null {
  const { timeline, settings, judged } = record;
  if (settings.lateTags.size === 0) return null;
  for (const { type, occurredAt, data } of timeline) {
    if (type !== 'case.rated') continue;
    const tags = data.tags ?? [];
    const tag = [...tags, data.reason ?? ''].find((text) => settings.lateTags.has(text));
    if (tag === undefined || !contradicts({ at: occurredAt, saysLate: true }, judged.tracks)) continue;
    return foundInCase(record, 'applicant-contradicts-record', 'serious', occurredAt, {
      tag,
      grade: data.grade ?? null,
    });
  }
  return null;
}
