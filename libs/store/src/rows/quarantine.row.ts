import { Entity } from 'typeorm';
import type { QuarantineReason } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, LongTextColumn, TextColumn } from './columns';

/**
 * `held`: it waits for a person; `released`: a person, or the row that it waited for, let it in; `resolved`: it came again,
 * mended, and was accepted; `discarded`: a person decided that it is nothing.
 */
export const QUARANTINE_STATES = ['held', 'released', 'resolved', 'discarded'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

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
  /** When it was released, resolved or discarded. */
  @InstantColumn('released_at', { nullable: true }) releasedAt!: number | null;
  /** The event that the record would have meant, where that could be read: its case and its id. */
  @TextColumn('meant_case', 64, { nullable: true }) meantCase!: string | null;
  @TextColumn('meant_event', 128, { nullable: true }) meantEvent!: string | null;
  /** Who or what ended it, and with which events. */
  @TextColumn('ended_by', 255, { nullable: true }) endedBy!: string | null;
  @TextColumn('ended_with', 1000, { nullable: true }) endedWith!: string | null;
}
