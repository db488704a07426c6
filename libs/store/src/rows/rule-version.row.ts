import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DraftKind } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/** 已批准的版本: a document as it was approved. Rows are added and never changed; a later one takes the place of an earlier. */
@Entity('rule_version')
export class RuleVersionRow {
  /** In order of approval. */
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('kind', 16) kind!: DraftKind;
  @TextColumn('document_id', 64) documentId!: string;
  @TextColumn('version', 64, { nullable: true }) version!: string | null;
  /** `YYYY-MM-DD`; null for what is in force once approved. */
  @TextColumn('in_force_from', 10, { nullable: true }) inForceFrom!: string | null;
  /** Digest of what it was made from. */
  @TextColumn('base_digest', 64) baseDigest!: string;
  @TextColumn('digest', 64) digest!: string;
  /** JSON, as it was written. */
  @LongTextColumn('document') document!: string;
  @NumberColumn('draft_id') draftId!: number;
  @TextColumn('reason', 2000) reason!: string;
  @TextColumn('author', 80) author!: string;
  @TextColumn('approved_by', 80) approvedBy!: string;
  @TextColumn('approved_by_name', 80) approvedByName!: string;
  @InstantColumn('approved_at') approvedAt!: number;
}
