/**
 * The value that at least this share (0 to 1) of the values does not exceed: the nearest rank, one of the values themselves.
 * @param ascending in ascending order
 * @returns null where there are no values.
 */
export function nearestRank(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null;
  return ascending[Math.max(1, Math.ceil(share * ascending.length)) - 1]!;
}
