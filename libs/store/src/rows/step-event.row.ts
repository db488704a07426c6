import { Entity } from 'typeorm';
import type { StepEventType } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, LongTextColumn, NumberColumn, TextColumn } from './columns';

/**
 * 环节事件: one event of a case's timeline, as reported. The only truth; everything else is derived from it.
 * The key begins with the case number: it deduplicates, and a timeline is one range read.
 */
@Entity('step_event')
export class StepEventRow {
  @KeyColumn('case_no', 64) caseNo!: string;
  @KeyColumn('source', 128) source!: string;
  @KeyColumn('event_id', 128) eventId!: string;
  @TextColumn('type', 40) type!: StepEventType;
  @InstantColumn('occurred_at') occurredAt!: number;
  @InstantColumn('received_at', { nullable: true }) receivedAt!: number | null;
  /** The event's data as JSON. */
  @LongTextColumn('data') data!: string;
  /** Where the record stood in the event log. */
  @NumberColumn('log_partition') logPartition!: number;
  @NumberColumn('log_offset') logOffset!: number;
}
