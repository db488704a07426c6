import fc from 'fast-check';
import { digestOf, merklePath, MerkleTree, rootOfPath } from './index';

const leaves = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => digestOf('sha256', `row ${n}`));
const rootOver = (hashes: readonly string[]): string | null => {
  const tree = new MerkleTree('sha256');
  for (const one of hashes) tree.add(one);
  return tree.root();
};
const node = (left: string, right: string): string =>
  digestOf('sha256', Buffer.from(`01${left}${right}`, 'hex'));
const leaf = (hash: string): string => digestOf('sha256', Buffer.from(`00${hash}`, 'hex'));

describe('the Merkle tree', () => {
  it('is cut as RFC 6962 cuts it', () => {
    const [a, b, c, d, e] = leaves(5).map(leaf) as [string, string, string, string, string];
    expect(rootOver([])).toBeNull();
    expect(rootOver(leaves(1))).toBe(a);
    expect(rootOver(leaves(3))).toBe(node(node(a, b), c));
    expect(rootOver(leaves(5))).toBe(node(node(node(a, b), node(c, d)), e));
  });

  it('proves each row by its path, and no other row, place or size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (size, chosen) => {
        const hashes = leaves(size);
        const index = chosen % size;
        const path = merklePath('sha256', hashes, index);
        const root = rootOver(hashes);
        expect(rootOfPath('sha256', hashes[index]!, index, size, path)).toBe(root);
        expect(rootOfPath('sha256', digestOf('sha256', 'other'), index, size, path)).not.toBe(root);
        const others = [
          rootOfPath('sha256', hashes[index]!, index + 1, size, path),
          rootOfPath('sha256', hashes[index]!, index, size, [...path, hashes[0]!]),
          rootOfPath('sha256', hashes[index]!, -1, size, path),
        ];
        expect(others).not.toContain(root);
        expect(rootOfPath('sha256', hashes[index]!, size, size, path)).toBeNull();
      }),
    );
  });
});
