import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn } from './columns';

/**
 * 便民服务计数: how many convenience items of one kind were done on a day, as a source told it (`service.counted`). Of one subject the
 * count with the later `occurredAt` stands here. Derived from the log.
 */
@Entity('service_count')
export class ServiceCountRow {
  /** What the source calls what it counts. */
  @KeyColumn('subject', 64) subject!: string;
  @KeyColumn('source', 128) source!: string;
  /** Local, `YYYY-MM` of {@link date}. */
  @TextColumn('month', 7) month!: string;
  @TextColumn('date', 10) date!: string;
  @TextColumn('department', 64) department!: string;
  @TextColumn('item_code', 64) itemCode!: string;
  @TextColumn('district', 64, { nullable: true }) district!: string | null;
  @TextColumn('hall', 64, { nullable: true }) hall!: string | null;
  @TextColumn('service_window', 64, { nullable: true }) serviceWindow!: string | null;
  @NumberColumn('counted') counted!: number;
  @TextColumn('event_id', 128) eventId!: string;
  @InstantColumn('occurred_at') occurredAt!: number;
}
