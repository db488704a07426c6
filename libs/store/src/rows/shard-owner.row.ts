import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, NumberColumn, TextColumn } from './columns';

/**
 * Which process judges the cases of a shard. The epoch grows with each taking: whoever holds an older one has lost the
 * shard, whatever it believes.
 */
@Entity('shard_owner')
export class ShardOwnerRow {
  @PrimaryColumn({ name: 'shard', type: 'integer' }) shard!: number;
  @TextColumn('owner', 128) owner!: string;
  @NumberColumn('epoch') epoch!: number;
  @InstantColumn('taken_at') takenAt!: number;
}
