import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/** Where a collector has the mapping of a feed from. */
export type MappingOrigin = 'file' | 'approved';

/** 在用映射: which mapping a feed reads with, as told by the collector that runs it. */
@Entity('feed_mapping')
export class FeedMappingRow {
  @KeyColumn('feed', 64) feed!: string;
  /** `table`, `folder` or `topic`. */
  @TextColumn('kind', 16) kind!: string;
  /** The name of the mapping. */
  @TextColumn('mapping', 64) mapping!: string;
  /** JSON, as it was written. */
  @LongTextColumn('document') document!: string;
  /** Of the document, as in `rule_version`. */
  @TextColumn('digest', 64) digest!: string;
  @TextColumn('origin', 16) origin!: MappingOrigin;
  /** The draft that was approved; null of a file. */
  @NumberColumn('draft_id', { nullable: true }) draftId!: number | null;
  /** The only source that its events may name. */
  @TextColumn('source', 128) source!: string;
  /** When the collector began to read with it, or said so again. */
  @InstantColumn('told_at') toldAt!: number;
}
