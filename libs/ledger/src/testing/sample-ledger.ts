import {
  canonicalText,
  ChainCheck,
  ExportWriter,
  hashOfRow,
  KEY_ESTABLISHED,
  KEY_ROTATED,
  newSigningKey,
  NO_HASH,
  ROOT_CHAIN,
  ROOT_SIGNED,
  signedKey,
  signedRoot,
  type LedgerAlgorithm,
  type LedgerRow,
  type SigningKey,
} from '../index';

/** A source of chance: a number from 0 to `below`, exclusive. */
export type Dice = (below: number) => number;

const START = Date.parse('2026-09-14T02:00:00.000Z');

/** A ledger in memory that grows as the store's does, and can be exported. */
export class SampleLedger {
  readonly keys: SigningKey[] = [];
  private readonly lines: LedgerRow[] = [];
  private readonly checks = new Map<string, ChainCheck>();
  private readonly waiting = new Map<string, LedgerRow[]>();
  private rootHead = { seq: 0, hash: NO_HASH };
  private at = START;

  constructor(private readonly alg: LedgerAlgorithm = 'sha256') {
    this.rotate();
  }

  append(chain: string, subject: string, body: Record<string, unknown>): void {
    const check = this.checks.get(chain) ?? ChainCheck.fromStart(chain, this.alg);
    this.checks.set(chain, check);
    const { last, head } = check.root();
    const row = rowOf({
      chain,
      seq: last + 1,
      alg: this.alg,
      at: (this.at += 1000),
      kind: 'light.changed',
      actor: null,
      subject,
      bodyText: canonicalText(body),
      prev: head,
    });
    check.take(row);
    this.waiting.set(chain, [...(this.waiting.get(chain) ?? []), row]);
  }

  sign(): void {
    const checks = [...this.checks.values()].sort((a, b) => (a.chain < b.chain ? -1 : 1));
    for (const [, rows] of [...this.waiting].sort(([a], [b]) => (a < b ? -1 : 1))) this.lines.push(...rows);
    this.waiting.clear();
    const roots = checks.map((check) => check.root());
    for (const check of checks) check.close();
    const place = this.place();
    this.appendRoot(place, ROOT_SIGNED, signedRoot(place, roots, this.keys[this.keys.length - 1]!));
  }

  rotate(): void {
    const before = this.keys[this.keys.length - 1] ?? null;
    const { key } = newSigningKey();
    const place = this.place();
    const body = signedKey(place, key, before);
    this.appendRoot(place, before === null ? KEY_ESTABLISHED : KEY_ROTATED, body);
    this.keys.push(key);
  }

  /** The lines of an export, without their ends. `skip`: so many rows are left to the time before it, up to a root. */
  export(fromRoot = 0): string[] {
    const writer = new ExportWriter();
    const rootAt = this.lines.flatMap((row, index) => (row.kind === ROOT_SIGNED ? [index] : []));
    const startAt = fromRoot === 0 ? -1 : rootAt[fromRoot - 1]!;
    const before = this.lines.slice(0, startAt + 1);
    const keys = before.filter(({ kind }) => kind === KEY_ESTABLISHED || kind === KEY_ROTATED);
    const end = rootAt[rootAt.length - 1]!;
    return [
      writer.header(keys, startAt < 0 ? null : this.lines[startAt]!),
      ...this.lines.slice(startAt + 1, end + 1).map((row) => writer.row(row)),
      writer.footer(this.at, this.keys[this.keys.length - 1]!),
    ].map((line) => line.slice(0, -1));
  }

  private place(): Parameters<typeof signedRoot>[0] {
    const { seq, hash } = this.rootHead;
    return {
      chain: ROOT_CHAIN,
      seq: seq + 1,
      alg: this.alg,
      at: (this.at += 1000),
      actor: null,
      subject: 'ledger',
      prev: hash,
    };
  }

  private appendRoot(place: Parameters<typeof signedRoot>[0], kind: string, body: object): void {
    const row = rowOf({ ...place, kind, bodyText: canonicalText(body) });
    this.rootHead = { seq: row.seq, hash: row.hash };
    this.lines.push(row);
  }
}

/** A ledger of a few hundred rows: chains of different length, days without rows, a key that was changed. */
export function sampleLedger(dice: Dice, alg: LedgerAlgorithm = 'sha256'): SampleLedger {
  const ledger = new SampleLedger(alg);
  const chains = ['identity', 'orders', 'rules', 'shard-0', 'shard-1', 'shard-10'];
  for (let day = 0; day < 6; day++) {
    for (let n = dice(40); n > 0; n--)
      ledger.append(chains[dice(chains.length)]!, `C-${dice(50)}`, {
        clock: 'promise',
        to: ['yellow', 'red'][dice(2)],
        day,
        n,
        text: '督办〔2026〕',
      });
    ledger.sign();
    if (day === 2) ledger.rotate();
  }
  ledger.append('orders', 'C-last', { n: 1 });
  ledger.sign();
  return ledger;
}

function rowOf(unhashed: Omit<LedgerRow, 'hash'>): LedgerRow {
  return { ...unhashed, hash: hashOfRow(unhashed) };
}
