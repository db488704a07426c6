import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/**
 * Places in a YAML or JSON text, by path: those of keys, where an element of a list is meant of the element. What is not
 * written has the place of the nearest thing around it.
 */
export function placesOf(text: string): {
  placeOf: (path: readonly string[]) => Place;
  /** A value of the outermost map. */
  valueAt: (key: string) => unknown;
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeOf = (path: readonly string[]): Place => {
    let node = document.contents as Node | null;
    let offset = 0;
    for (const key of path) {
      // What an alias or a merge brings in stands elsewhere: the place is where it is used.
      if (isAlias(node)) node = (node.resolve(document) as Node | undefined) ?? null;
      const found: { offset: number | undefined; value: unknown } | null = isMap(node)
        ? keyIn(node.items, key)
        : isSeq(node) && isNode(node.items[Number(key)])
          ? { offset: (node.items[Number(key)] as Node).range?.[0], value: node.items[Number(key)] }
          : null;
      if (found?.offset === undefined) break;
      offset = found.offset;
      node = isNode(found.value) ? found.value : null;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  return { placeOf, valueAt: (key) => document.get(key) };
}

function keyIn(
  pairs: readonly { key: unknown; value: unknown }[],
  key: string,
): { offset: number | undefined; value: unknown } | null {
  for (const pair of pairs)
    if (isScalar(pair.key) && String(pair.key.value) === key)
      return { offset: pair.key.range?.[0], value: pair.value };
  return null;
}
