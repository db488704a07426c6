import { createHash, type Hash } from 'node:crypto';
import { canonicalText } from './canonical-text';
import { ChainCheck, followProblem, type ChainHead } from './chain-check';
import { NO_HASH } from './digest';
import { EXPORT_FORMAT, footerText, type ExportFooter } from './export-format';
import { KeyHistory } from './key-history';
import { rowOfLine, rowOfValue, type LedgerRow } from './ledger-row';
import { chainsOf, differenceOf, ROOT_CHAIN, ROOT_SIGNED } from './root-row';
import { isSignedBy } from './signing';

/** The first thing that is wrong with an export. */
export interface LedgerProblem {
  /** Line in the (unpacked) export, from 1. */
  line: number;
  /** The row, where the line is one. */
  chain: string | null;
  seq: number | null;
  what: string;
}

/** What a verification found. */
export interface LedgerReport {
  problem: LedgerProblem | null;
  /** Rows held to be good, those of the chain of roots too. */
  rows: number;
  roots: number;
  chains: number;
  /** Ids of the keys that signed, the first one first. */
  keys: string[];
  /** Hash of the last root: what the inspection office can hold against the one it was given. */
  head: string | null;
  /** Instants of the first and the last row of the export, RFC 3339. */
  from: string | null;
  to: string | null;
}

/**
 * Verifies an export line by line, with nothing but the export; memory grows with the number of chains, not of rows.
 * After the first problem nothing more is looked at.
 */
export class LedgerVerifier {
  private readonly keys = new KeyHistory();
  private readonly chains = new Map<string, ChainCheck>();
  private readonly bytes: Hash = createHash('sha256');
  private roots: ChainHead | null = null;
  private problem: LedgerProblem | null = null;
  private lines = 0;
  private rows = 0;
  private rootCount = 0;
  private isCovered = true;
  private chainNow = '';
  private isEnded = false;
  private from: string | null = null;
  private to: string | null = null;

  /** @param pinnedKey id of the key that the reader trusts; null: whatever key the export begins with. */
  constructor(private readonly pinnedKey: string | null = null) {}

  /** Takes the next line, without its end. @returns whether there is any use in going on. */
  take(line: string): boolean {
    if (this.problem !== null) return false;
    this.lines++;
    try {
      return this.next(line);
    } catch {
      // Numbers beyond all bounds, nesting without end: JSON that no ledger wrote.
      return this.fail('not written as a row of the ledger is');
    }
  }

  private next(line: string): boolean {
    const parsed = parse(line);
    if (this.isEnded) return this.fail('something stands behind the footer');
    if (parsed === null) return this.fail('not a JSON object: changed or cut off');
    if (this.lines === 1) return this.header(line, parsed);
    if (parsed['type'] === 'footer') return this.footer(line, parsed);
    const row = rowOfLine(line, parsed);
    if (row === null) return this.fail('not written as a row of the ledger is', parsed);
    const what = row.chain === ROOT_CHAIN ? this.rootRow(row) : this.chainRow(row);
    if (what !== null) return this.fail(what, parsed);
    this.bytes.update(`${line}\n`);
    this.rows++;
    this.from ??= new Date(row.at).toISOString();
    this.to = new Date(row.at).toISOString();
    return true;
  }

  /** The stream could not be read to its end, as a packed file that was cut off. */
  broken(what: string): void {
    this.lines++;
    if (this.problem === null) this.fail(what);
  }

  end(): LedgerReport {
    if (this.problem === null && !this.isEnded) {
      this.lines++;
      this.fail('the export is cut off: its signed footer is missing');
    }
    return {
      problem: this.problem,
      rows: this.rows,
      roots: this.rootCount,
      chains: this.chains.size,
      keys: this.keys.ids,
      head: this.roots?.hash ?? null,
      from: this.from,
      to: this.to,
    };
  }

  private header(line: string, parsed: Record<string, unknown>): boolean {
    const { format, keys, start, type } = parsed;
    if (type !== 'header' || format !== EXPORT_FORMAT) return this.fail(`not an export of ${EXPORT_FORMAT}`);
    if (canonicalText(parsed) !== line) return this.fail('the header is not in canonical form');
    if (!Array.isArray(keys)) return this.fail('the header names no keys');
    for (const key of keys as unknown[]) {
      const row = rowOfValue(key);
      const what = row === null ? 'a key of the header is not a row' : this.keys.apply(row);
      if (what !== null) return this.fail(`in the header: ${what}`);
    }
    if (start !== null) {
      const row = rowOfValue(start);
      if (row === null || row.kind !== ROOT_SIGNED || !this.keys.hasSigned(row))
        return this.fail('the root in the header is not signed by the key in force');
      const before = followProblem({ alg: row.alg, seq: row.seq - 1, hash: row.prev }, row);
      if (before !== null) return this.fail(`the root in the header: ${before}`);
      for (const chain of chainsOf(row)) this.chains.set(chain.chain, ChainCheck.fromRoot(chain));
      this.roots = { alg: row.alg, seq: row.seq, hash: row.hash };
    }
    this.bytes.update(`${line}\n`);
    return true;
  }

  private chainRow(row: LedgerRow): string | null {
    if (row.chain < this.chainNow) return 'out of place: chains stand in order of their names';
    this.chainNow = row.chain;
    let chain = this.chains.get(row.chain);
    if (chain === undefined) {
      chain = ChainCheck.fromStart(row.chain, row.alg);
      this.chains.set(row.chain, chain);
    }
    this.isCovered = false;
    return chain.take(row);
  }

  private rootRow(row: LedgerRow): string | null {
    const what = followProblem(this.roots ?? { alg: row.alg, seq: 0, hash: NO_HASH }, row);
    if (what !== null) return what;
    this.roots = { alg: row.alg, seq: row.seq, hash: row.hash };
    this.chainNow = '';
    if (row.kind !== ROOT_SIGNED) {
      if (!this.isCovered) return 'out of place: rows before it are under no root';
      return this.keys.apply(row);
    }
    if (!this.keys.hasSigned(row)) return 'the root is not signed by the key in force';
    const said = canonicalText(chainsOf(row));
    const found = [...this.chains.values()]
      .map((chain) => chain.root())
      .sort((a, b) => (a.chain < b.chain ? -1 : 1));
    if (said !== canonicalText(found)) return differenceOf(chainsOf(row), found);
    for (const chain of this.chains.values()) chain.close();
    this.rootCount++;
    this.isCovered = true;
    return null;
  }

  private footer(line: string, parsed: Record<string, unknown>): boolean {
    const footer = parsed as unknown as ExportFooter;
    if (canonicalText(parsed) !== line) return this.fail('the footer is not in canonical form');
    if (!this.isCovered) return this.fail('cut off: the last rows are under no signed root');
    const { current } = this.keys;
    if (current === undefined || footer.key !== current.id) return this.fail('the footer is of another key');
    if (!isSignedBy(footerText(footer), footer.signature, current.publicKey))
      return this.fail('the footer is not signed by the key in force');
    if (footer.rows !== this.rows) return this.fail(`cut off: ${footer.rows} rows were exported`);
    if (footer.digest !== this.bytes.digest('hex'))
      return this.fail('the export was changed outside its rows');
    if (this.pinnedKey !== null && !this.keys.ids.includes(this.pinnedKey))
      return this.fail(`signed by another key than the one given: by ${current.id}`);
    this.isEnded = true;
    return true;
  }

  private fail(what: string, row: Readonly<Record<string, unknown>> = {}): false {
    const { chain, seq } = row;
    this.problem = {
      line: this.lines,
      chain: typeof chain === 'string' ? chain : null,
      seq: typeof seq === 'number' ? seq : null,
      what,
    };
    return false;
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
