import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn } from './columns';

/** A file of a drop folder (交换目录), known by its content: whatever its name, it is read once. */
@Entity('feed_file')
export class FeedFileRow {
  @KeyColumn('feed', 64) feed!: string;
  /** SHA-256 of its bytes, hex. */
  @KeyColumn('digest', 64) digest!: string;
  @TextColumn('name', 255) name!: string;
  @TextColumn('state', 16) state!: 'reading' | 'done' | 'failed';
  /** Records whose events are in the log. */
  @NumberColumn('records') records!: number;
  @NumberColumn('events') events!: number;
  @NumberColumn('rejects') rejects!: number;
  /** Bytes of the reject file that belong to those records. */
  @NumberColumn('rejects_bytes') rejectsBytes!: number;
  @InstantColumn('updated_at') updatedAt!: number;
}
