/** A line of a comparison of two texts; a gap stands for equal lines that are left out. */
export interface TextLine {
  kind: 'same' | 'removed' | 'added' | 'gap';
  text: string;
}

/** Equal lines shown around each change. */
const AROUND = 3;
/** More changed lines than this are shown as one text in place of another: nobody reads them one by one. */
const MOST_CHANGES = 600;

/** What turns one text into another, line by line, with a few equal lines around each change. */
export function textDifference(before: string, after: string): TextLine[] {
  return withGaps(editsOf(before.trimEnd().split('\n'), after.trimEnd().split('\n')));
}

function editsOf(a: readonly string[], b: readonly string[]): TextLine[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;
  const same = (text: string): TextLine => ({ kind: 'same', text });
  return [
    ...a.slice(0, start).map(same),
    ...shortestEdits(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

/**
 * The shortest way from a to b by lines taken out and put in: E. Myers, An O(ND) Difference Algorithm (1986), section 3.
 * `reached[k]` is the furthest place in a on diagonal k after so many edits; the ways there are kept to walk back.
 */
function shortestEdits(a: readonly string[], b: readonly string[]): TextLine[] {
  const ways: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  for (let edits = 0; edits <= most; edits++) {
    ways.push(reached);
    const next = new Map(reached);
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, ways);
    }
    reached = next;
  }
  return [
    ...a.map((text): TextLine => ({ kind: 'removed', text })),
    ...b.map((text): TextLine => ({ kind: 'added', text })),
  ];
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  ways: readonly ReadonlyMap<number, number>[],
): TextLine[] {
  const lines: TextLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = ways.length - 1; edits >= 0; edits--) {
    const reached = ways[edits]!;
    const k = x - y;
    const down = k === -edits || (k !== edits && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : (reached.get(fromK) ?? 0);
    const fromY = edits === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      lines.push({ kind: 'same', text: a[--x]! });
      y--;
    }
    if (edits === 0) break;
    lines.push(down ? { kind: 'added', text: b[--y]! } : { kind: 'removed', text: a[--x]! });
  }
  return lines.reverse();
}

function withGaps(lines: readonly TextLine[]): TextLine[] {
  const near = new Array<boolean>(lines.length).fill(false);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same')
      near.fill(true, Math.max(0, index - AROUND), Math.min(lines.length, index + AROUND + 1));
  });
  const shown: TextLine[] = [];
  lines.forEach((line, index) => {
    if (near[index] === true) shown.push(line);
    else if (shown[shown.length - 1]?.kind !== 'gap') shown.push({ kind: 'gap', text: '' });
  });
  return shown.every(({ kind }) => kind === 'gap') ? [] : shown;
}
