import { NO_HASH, type LedgerAlgorithm } from './digest';
import { hashOfRow, type LedgerRow } from './ledger-row';
import { MerkleTree } from './merkle';
import type { RootOfChain } from './root-row';

/** Where a chain stands. */
export interface ChainHead {
  alg: LedgerAlgorithm;
  seq: number;
  hash: string;
}

/** Follows one chain row by row, and the Merkle tree of the rows since the last root. */
export class ChainCheck {
  private tree: MerkleTree;
  private first: number;

  private constructor(
    readonly chain: string,
    private head: ChainHead,
  ) {
    this.tree = new MerkleTree(head.alg);
    this.first = head.seq + 1;
  }

  /** A chain from its first row. */
  static fromStart(chain: string, alg: LedgerAlgorithm): ChainCheck {
    return new ChainCheck(chain, { alg, seq: 0, hash: NO_HASH });
  }

  /** A chain from where a root left it. */
  static fromRoot(root: RootOfChain): ChainCheck {
    return new ChainCheck(root.chain, { alg: root.alg, seq: root.last, hash: root.head });
  }

  /** Takes the next row. @returns what is wrong with it, or null. */
  take(row: LedgerRow): string | null {
    const problem = followProblem(this.head, row);
    if (problem !== null) return problem;
    this.head = { alg: this.head.alg, seq: row.seq, hash: row.hash };
    this.tree.add(row.hash);
    return null;
  }

  /** Number of the last row taken. */
  get last(): number {
    return this.head.seq;
  }

  /** What a root made now says of this chain. */
  root(): RootOfChain {
    const { alg, seq: last, hash: head } = this.head;
    return { chain: this.chain, alg, first: this.first, last, head, merkle: this.tree.root() };
  }

  /** A root was made: its tree is closed. */
  close(): void {
    this.first = this.head.seq + 1;
    this.tree = new MerkleTree(this.head.alg);
  }
}

/** What keeps a row from being the one after `head`; null where it is. */
export function followProblem(head: ChainHead, row: LedgerRow): string | null {
  if (row.seq > head.seq + 1) return `rows are missing: expected number ${head.seq + 1}`;
  if (row.seq !== head.seq + 1) return `out of order or twice: expected number ${head.seq + 1}`;
  if (row.alg !== head.alg) return `hashed by ${row.alg}, its chain by ${head.alg}`;
  if (hashOfRow(row) !== row.hash) return 'changed: its hash is not that of its content';
  if (row.prev !== head.hash) return 'the row before it is another one: its previous hash differs';
  return null;
}
