import { Entity } from 'typeorm';
import type { QuarantineReason } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, LongTextColumn, TextColumn } from './columns';

export type QuarantineState = 'held' | 'released' | 'discarded';

/** A record that could not be used, kept whole with the reason, until a person releases or discards it. */
@Entity('quarantine')
export class QuarantineRow {
  @KeyColumn('id', 128) id!: string;
  @TextColumn('source', 128) source!: string;
  @TextColumn('feed', 32) feed!: string;
  @TextColumn('place', 255) place!: string;
  @TextColumn('reason', 32) reason!: QuarantineReason;
  @TextColumn('field', 255) field!: string;
  @LongTextColumn('expected') expected!: string;
  @LongTextColumn('got') got!: string;
  @LongTextColumn('hint') hint!: string;
  /** The record as received, cut at 64 KiB. */
  @LongTextColumn('raw') raw!: string;
  @InstantColumn('received_at') receivedAt!: number;
  @TextColumn('state', 16) state!: QuarantineState;
  @InstantColumn('released_at', { nullable: true }) releasedAt!: number | null;
}
