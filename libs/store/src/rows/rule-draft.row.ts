import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DraftKind, DraftState } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/** 规则草稿: a change of the rules on its way, from the first edit to the approval. Documents are JSON as they were written. */
@Entity('rule_draft')
export class RuleDraftRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('kind', 16) kind!: DraftKind;
  /** Id of the ruleset, calendar or recipients. */
  @TextColumn('document_id', 64) documentId!: string;
  @TextColumn('title', 200) title!: string;
  @TextColumn('state', 16) state!: DraftState;
  /** Goes up with each save and each act. */
  @NumberColumn('version') version!: number;
  @TextColumn('author', 80) author!: string;
  @TextColumn('author_name', 80) authorName!: string;
  @InstantColumn('created_at') createdAt!: number;
  @TextColumn('edited_by', 80) editedBy!: string;
  @TextColumn('edited_by_name', 80) editedByName!: string;
  @InstantColumn('edited_at') editedAt!: number;
  /** Ids of all who made, saved or submitted it, JSON list: none of them approves it. */
  @LongTextColumn('contributors') contributors!: string;
  @TextColumn('base_version', 64, { nullable: true }) baseVersion!: string | null;
  @TextColumn('base_in_force_from', 10, { nullable: true }) baseInForceFrom!: string | null;
  /** Digest of what it was made from. */
  @TextColumn('base_digest', 64) baseDigest!: string;
  @LongTextColumn('base_document') baseDocument!: string;
  @LongTextColumn('document') document!: string;
  /** The approved draft that this one takes back. */
  @NumberColumn('revert_of', { nullable: true }) revertOf!: number | null;
  @TextColumn('document_version', 64, { nullable: true }) documentVersion!: string | null;
  /** `YYYY-MM-DD`; null for what has no first day. */
  @TextColumn('in_force_from', 10, { nullable: true }) inForceFrom!: string | null;
  /** What is wrong with the document, JSON list. */
  @LongTextColumn('problems') problems!: string;
  /** Who did what, JSON list, oldest first. */
  @LongTextColumn('history') history!: string;
  @TextColumn('reason', 2000, { nullable: true }) reason!: string | null;
  @TextColumn('submitted_by', 80, { nullable: true }) submittedBy!: string | null;
  @TextColumn('submitted_by_name', 80, { nullable: true }) submittedByName!: string | null;
  @InstantColumn('submitted_at', { nullable: true }) submittedAt!: number | null;
  @TextColumn('decided_by', 80, { nullable: true }) decidedBy!: string | null;
  @TextColumn('decided_by_name', 80, { nullable: true }) decidedByName!: string | null;
  @InstantColumn('decided_at', { nullable: true }) decidedAt!: number | null;
  @TextColumn('decision_note', 2000, { nullable: true }) decisionNote!: string | null;
}
