import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, NumberColumn, TextColumn } from './columns';

/** 日报, 月报. */
export type BulletinKind = 'daily' | 'monthly';
export type BulletinState = 'making' | 'made' | 'failed';

/** 通报: a bulletin as it was published, archived with its files. Nothing is changed once it is made. */
@Entity('bulletin')
export class BulletinRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 通报〔2026〕3号; null until it is made. */
  @TextColumn('no', 40, { nullable: true }) no!: string | null;
  @TextColumn('kind', 16) kind!: BulletinKind;
  /** `2026-03` or `2026-03-05`. */
  @TextColumn('period', 10) period!: string;
  /** The department that it is for; null: the efficiency and inspection offices. */
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('title', 160) title!: string;
  @TextColumn('state', 16) state!: BulletinState;
  /** How far it is made, per cent. */
  @NumberColumn('progress') progress!: number;
  @TextColumn('actor', 80) actor!: string;
  @TextColumn('actor_name', 80) actorName!: string;
  @InstantColumn('made_at') madeAt!: number;
  /** SHA-256 over the digests of its files, hexadecimal; null until it is made. */
  @TextColumn('digest', 64, { nullable: true }) digest!: string | null;
}
