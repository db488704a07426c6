import { createHash } from 'node:crypto';
import type { Actor, Matter, Notice } from '@mingjian/contracts';
import {
  appendActs,
  appendLedger,
  enqueueNotices,
  type NewAct,
  type NewLedgerEntry,
  type StoreTransaction,
} from '@mingjian/store';

/** The chain of the ledger that acts about orders, appeals, cards, complaints and ratings stand in. */
const CHAINS: Readonly<Record<Matter, string>> = {
  order: 'orders',
  appeal: 'appeals',
  card: 'cards',
  complaint: 'complaints',
  'rating-appeal': 'rating-appeals',
};

/** What one transaction does about one matter: events, notices and ledger entries that are written together, at its end. */
export class ActBatch {
  private readonly acts: NewAct[] = [];
  private readonly notices: Notice[] = [];
  private readonly entries: NewLedgerEntry[] = [];

  constructor(
    private readonly matter: Matter,
    private readonly matterId: number,
    /** As people and the ledger name it: 督办〔2026〕3号. */
    private readonly no: string,
    /** Events that the matter has already. */
    private seq: number,
    /** Whether anybody is told of anything on this site. */
    private readonly isTelling: boolean,
  ) {}

  /** Events that the matter will have. */
  get length(): number {
    return this.seq;
  }

  /**
   * Appends an event. The ledger gets the digest of what was done and `proof`, what is to be read there without it: no names.
   */
  add(
    act: { readonly type: string },
    at: number,
    actor: Actor,
    key: string,
    proof: Readonly<Record<string, string | number | null>>,
  ): void {
    this.seq++;
    this.acts.push({ matter: this.matter, matterId: this.matterId, seq: this.seq, at, actor, act, key });
    this.entries.push({
      chain: CHAINS[this.matter],
      kind: `${this.matter}.${act.type}`,
      at,
      actor: actor.id,
      subject: this.no,
      body: { seq: this.seq, act: digestOfAct(act), ...proof },
    });
  }

  tell(...notices: readonly Notice[]): void {
    if (this.isTelling) this.notices.push(...notices);
  }

  /** Entries of other chains that belong to the same act. */
  record(...entries: readonly NewLedgerEntry[]): void {
    this.entries.push(...entries);
  }

  /** Last in the transaction: the heads of the ledger's chains are held from here to the commit. */
  async write(transaction: StoreTransaction, now: number): Promise<void> {
    await appendActs(transaction, this.acts);
    await enqueueNotices(transaction, this.notices, now);
    await appendLedger(transaction, this.entries);
  }
}

/** SHA-256 of an event as it stands in the list, hexadecimal: the ledger proves the text without holding it. */
export function digestOfAct(act: object): string {
  return createHash('sha256').update(JSON.stringify(act)).digest('hex');
}
