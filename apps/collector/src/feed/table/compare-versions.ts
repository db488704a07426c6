/** Negative where `a` is the older version; numbers are compared as numbers, everything else as text. */
export function compareVersions(a: string, b: string): number {
  //=> compareVersions('9', '10') < 0
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
