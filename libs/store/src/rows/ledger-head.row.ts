import { Entity } from 'typeorm';
import type { LedgerAlgorithm } from '@mingjian/ledger';
import { KeyColumn, NumberColumn, TextColumn } from './columns';

/** The end of a chain of the ledger. Whoever appends to the chain holds this row until the commit. */
@Entity('ledger_head')
export class LedgerHeadRow {
  @KeyColumn('chain', 64) chain!: string;
  @TextColumn('algorithm', 16) algorithm!: LedgerAlgorithm;
  /** Number of the last row; 0: none yet. */
  @NumberColumn('seq') seq!: number;
  @TextColumn('hash', 64) hash!: string;
}
