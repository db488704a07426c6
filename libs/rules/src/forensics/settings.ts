import type { ForensicsSection } from '@mingjian/contracts';
import { parseLimit, type Limit } from '../calendar/limit';
import { timeOfDayMs } from '../calendar/local-date';

/** Section `forensics` of a ruleset in compiled form; null switches a detector off. Shares are 0 to 1. */
export interface ForensicSettings {
  recordedLate: Limit | null;
  usualFactor: number;
  sameSecondSteps: number | null;
  /** Milliseconds since local midnight; equal: no hour is night. */
  nightFromMs: number;
  nightToMs: number;
  closedDays: boolean;
  stepOrder: boolean;
  reopened: boolean;
  refiledWithin: Limit | null;
  refiledUsed: number;
  refiledTimes: number;
  lateTags: ReadonlySet<string>;
  bulkCases: number | null;
  bulkMs: number;
  /** Working time. */
  justBeforeMs: number | null;
  justBeforeHaste: number;
  roundShare: number | null;
  outsideShare: number | null;
  zeroMonths: number | null;
  leastCases: number;
  significance: number;
}

const compiled = new WeakMap<ForensicsSection, ForensicSettings>();

/** Compiles the section of a ruleset document, once for each document. */
export function forensicSettings(section: ForensicsSection): ForensicSettings {
  const known = compiled.get(section);
  if (known !== undefined) return known;
  const settings: ForensicSettings = {
    recordedLate: limit(section.recordedLate),
    usualFactor: section.usualFactor,
    sameSecondSteps: number(section.sameSecondSteps),
    nightFromMs: timeOfDayMs(section.nightFrom),
    nightToMs: timeOfDayMs(section.nightTo),
    closedDays: section.closedDays,
    stepOrder: section.stepOrder,
    reopened: section.reopened,
    refiledWithin: limit(section.refiledWithin),
    refiledUsed: share(section.refiledUsed)!,
    refiledTimes: section.refiledTimes,
    lateTags: new Set(section.lateTags),
    bulkCases: number(section.bulkCases),
    bulkMs: section.bulkMinutes * 60_000,
    justBeforeMs: limit(section.justBefore)?.amount ?? null,
    justBeforeHaste: section.justBeforeHaste,
    roundShare: share(section.roundShare),
    outsideShare: share(section.outsideShare),
    zeroMonths: number(section.zeroMonths),
    leastCases: section.leastCases,
    significance: share(section.significance)!,
  };
  compiled.set(section, settings);
  return settings;
}

function limit(text: string): Limit | null {
  return text === 'none' ? null : parseLimit(text);
}

function number(value: number | 'none'): number | null {
  return value === 'none' ? null : value;
}

function share(text: string): number | null {
  return text === 'none' ? null : Number(text.slice(0, -1)) / 100;
}
