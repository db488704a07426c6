import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from './columns';

/** 接口密钥: a key that a source sends with. The key itself is kept nowhere. */
@Entity('source_key')
export class SourceKeyRow {
  /** In order of issue. */
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('source', 128) source!: string;
  /** SHA-256 of the key, hex. */
  @TextColumn('key_hash', 64) keyHash!: string;
  @InstantColumn('issued_at') issuedAt!: number;
  /** Id of the account. */
  @TextColumn('issued_by', 80) issuedBy!: string;
  /** From then on it is refused; null: no end is set. */
  @InstantColumn('ends_at', { nullable: true }) endsAt!: number | null;
  /** Id of the account that set the end. */
  @TextColumn('ended_by', 80, { nullable: true }) endedBy!: string | null;
  /** To the minute; null: never, as far as is known. */
  @InstantColumn('last_used_at', { nullable: true }) lastUsedAt!: number | null;
}
