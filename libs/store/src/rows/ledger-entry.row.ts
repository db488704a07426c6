import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, KeyColumn, LongTextColumn, TextColumn } from './columns';

/** 留痕: one row of a chain of the ledger. Written once, never changed, never deleted. */
@Entity('ledger_entry')
export class LedgerEntryRow {
  @KeyColumn('chain', 64) chain!: string;
  @PrimaryColumn({ name: 'seq', type: 'integer' }) seq!: number;
  @InstantColumn('at') at!: number;
  @TextColumn('kind', 64) kind!: string;
  /** Who did it; null: the daemon itself. */
  @TextColumn('actor', 128, { nullable: true }) actor!: string | null;
  @TextColumn('subject', 160) subject!: string;
  /** Canonical JSON (RFC 8785): the bytes that were hashed. */
  @LongTextColumn('body') bodyText!: string;
  /** Hash of this row, which covers that of the row before; hexadecimal. */
  @TextColumn('hash', 64) hash!: string;
}
