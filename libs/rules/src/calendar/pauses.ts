/** A suspension as an interval of instants, closed–open; `to` is null while it is open. */
export interface Pause {
  from: number;
  to: number | null;
}

/**
 * The union of the pauses, in order of start: overlaps are never counted twice. A pause whose end is not after its
 * start has no effect; that it was reported so is a finding elsewhere.
 */
export function mergePauses(pauses: readonly Pause[]): Pause[] {
  if (pauses.length === 0) return [];
  if (pauses.length === 1) return hasLength(pauses[0]!) ? [pauses[0]!] : [];
  const sorted = pauses.filter(hasLength).sort((a, b) => a.from - b.from);
  const merged: Pause[] = [];
  for (const pause of sorted) {
    const last = merged[merged.length - 1];
    if (last === undefined || (last.to !== null && pause.from > last.to)) merged.push({ ...pause });
    else if (last.to !== null) last.to = pause.to === null ? null : Math.max(last.to, pause.to);
  }
  return merged;
}

function hasLength(pause: Pause): boolean {
  return pause.to === null || pause.to > pause.from;
}
