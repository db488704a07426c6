import { hash } from 'node:crypto';
import type { LedgerAlgorithm } from './digest';

/**
 * The Merkle tree of RFC 6962 over the hashes of rows: a leaf is H(00 ‖ row hash), a node H(01 ‖ left ‖ right), and a
 * list is cut at the largest power of two below its length. Takes leaves one by one; its memory grows with their logarithm.
 */
export class MerkleTree {
  private readonly stack: { size: number; node: Buffer }[] = [];

  constructor(private readonly algorithm: LedgerAlgorithm) {}

  add(rowHash: string): void {
    let top = { size: 1, node: leafOf(this.algorithm, rowHash) };
    for (;;) {
      const left = this.stack[this.stack.length - 1];
      if (left?.size !== top.size) break;
      this.stack.pop();
      top = { size: 2 * top.size, node: nodeOf(this.algorithm, left.node, top.node) };
    }
    this.stack.push(top);
  }

  /** The root over the leaves so far, hexadecimal; null over none. */
  root(): string | null {
    let root: Buffer | null = null;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const { node } = this.stack[i]!;
      root = root === null ? node : nodeOf(this.algorithm, node, root);
    }
    return root?.toString('hex') ?? null;
  }
}

/** The hashes beside the way from the leaf at `index` up to the root over all `rowHashes`, the lowest first. */
export function merklePath(
  algorithm: LedgerAlgorithm,
  rowHashes: readonly string[],
  index: number,
): string[] {
  if (rowHashes.length <= 1) return [];
  const cut = largestPowerBelow(rowHashes.length);
  const [left, right] = [rowHashes.slice(0, cut), rowHashes.slice(cut)];
  const own = index < cut ? merklePath(algorithm, left, index) : merklePath(algorithm, right, index - cut);
  const other = new MerkleTree(algorithm);
  for (const rowHash of index < cut ? right : left) other.add(rowHash);
  return [...own, other.root() ?? ''];
}

/** The root to which a path leads; null where the path does not fit to index and size. */
export function rootOfPath(
  algorithm: LedgerAlgorithm,
  rowHash: string,
  index: number,
  size: number,
  path: readonly string[],
): string | null {
  const climb = (at: number, of: number, above: readonly string[]): Buffer | null => {
    if (of === 1) return above.length === 0 ? leafOf(algorithm, rowHash) : null;
    const sibling = above[above.length - 1];
    if (sibling === undefined) return null;
    const cut = largestPowerBelow(of);
    const isLeft = at < cut;
    const own = climb(isLeft ? at : at - cut, isLeft ? cut : of - cut, above.slice(0, -1));
    if (own === null) return null;
    const other = Buffer.from(sibling, 'hex');
    return isLeft ? nodeOf(algorithm, own, other) : nodeOf(algorithm, other, own);
  };
  if (!Number.isInteger(index) || index < 0 || index >= size) return null;
  return climb(index, size, path)?.toString('hex') ?? null;
}

function leafOf(algorithm: LedgerAlgorithm, rowHash: string): Buffer {
  const bytes = Buffer.allocUnsafe(33);
  bytes[0] = 0;
  bytes.write(rowHash, 1, 'hex');
  return hash(algorithm, bytes, 'buffer');
}

function nodeOf(algorithm: LedgerAlgorithm, left: Buffer, right: Buffer): Buffer {
  return hash(algorithm, Buffer.concat([ONE, left, right]), 'buffer');
}

const ONE = Buffer.from([1]);

function largestPowerBelow(size: number): number {
  let power = 1;
  while (2 * power < size) power *= 2;
  return power;
}
