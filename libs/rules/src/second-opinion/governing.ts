import type { Shown } from './live-through';

/** Which clock a case names where several have the light of the case and are due at one instant. */
const KINDS = [
  'promise',
  'statutory',
  'forwarding',
  'renewal',
  'acceptance',
  'suspension',
  'inspection',
  'hearing',
  'hearing-notice',
  'issuance',
  'delivery',
] as const;

/**
 * Of clocks of one light: one that still runs before a finished one, then the earlier due instant, then the order of
 * kinds, then the earlier start, then the earlier number. @see README of this library: Case light.
 */
export function governing<T extends Shown & { clock: string; start: number }>(
  clocks: readonly T[],
): T | undefined {
  return [...clocks].sort(
    (a, b) =>
      Number(a.phase === 'finished') - Number(b.phase === 'finished') ||
      compare(a.dueAt ?? Infinity, b.dueAt ?? Infinity) ||
      kindOf(a.clock) - kindOf(b.clock) ||
      a.start - b.start ||
      numberOf(a.clock) - numberOf(b.clock),
  )[0];
}

function kindOf(clock: string): number {
  return KINDS.indexOf(clock.split('#')[0] as (typeof KINDS)[number]);
}

function numberOf(clock: string): number {
  return Number(clock.split('#')[1] ?? 1);
}

/** Two that are never due compare as equal. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
