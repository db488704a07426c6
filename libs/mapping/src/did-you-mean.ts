/** The word of a list that was most likely meant; null where none is near (half of its letters, at most 3, wrong). */
export function closestOf(word: string, words: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(word.length / 2))) + 1;
  for (const candidate of words) {
    // Of two as near, the one as long: letters change places more often than they are left out.
    const distance =
      distanceOf(word.toLowerCase(), candidate.toLowerCase()) +
      Math.min(Math.abs(word.length - candidate.length), 9) / 10;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `did you mean X`, or another advice where nothing is near. */
export function didYouMean(word: string, words: Iterable<string>, otherwise = ''): string {
  const closest = closestOf(word, words);
  return closest === null ? otherwise : `did you mean ${closest}`;
}

/** Levenshtein: letters to put in, take out or replace. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
