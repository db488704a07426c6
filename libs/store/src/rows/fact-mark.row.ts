import { Entity, PrimaryColumn } from 'typeorm';
import { KeyColumn, NumberColumn } from './columns';

/**
 * How often facts of a month changed in a shard. What is counted of a month remembers the sum over the shards and is stale as
 * soon as it is another one. One row for each shard, so that shards never wait for each other. Derived.
 */
@Entity('fact_mark')
export class FactMarkRow {
  @KeyColumn('month', 7) month!: string;
  @PrimaryColumn({ name: 'shard', type: 'integer' }) shard!: number;
  @NumberColumn('revision') revision!: number;
}
