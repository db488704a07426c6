import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class Notification1795305600036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notification',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          integer('notice_id'),
          varchar('notice_key', 320),
          integer('level'),
          varchar('recipient', 64),
          varchar('channel', 32),
          integer('generation'),
          varchar('role', 24),
          integer('shard'),
          varchar('kind', 16),
          varchar('grade', 8),
          varchar('department', 64, true),
          varchar('case_no', 64, true),
          varchar('thread', 240, true),
          varchar('state', 12),
          varchar('bundle', 40, true),
          instant('at'),
          instant('created_at'),
          instant('deliver_at'),
          integer('message_id'),
          instant('ack_due_at', true),
          instant('acknowledged_at', true),
          varchar('acknowledged_by', 64, true),
          instant('escalated_at', true),
        ],
        indices: [
          // Once for each recipient and channel.
          new TableIndex({
            name: 'ux_notification_key',
            columnNames: ['notice_key', 'level', 'recipient', 'channel', 'generation'],
            isUnique: true,
          }),
          // What a message can be made of.
          index('ix_notification_due', 'state', 'deliver_at', 'recipient', 'channel'),
          // A yellow light that waits, for the red one that mutes it.
          index('ix_notification_thread', 'thread', 'recipient'),
          index('ix_notification_message', 'message_id'),
          // Whose acknowledgement is overdue.
          index('ix_notification_ack', 'acknowledged_at', 'escalated_at', 'ack_due_at'),
          // What one recipient was told, newest first.
          index('ix_notification_recipient', 'recipient', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notification');
  }
}
