import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, text, varchar } from './table-columns';

export class NotificationMessage1795305600037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notification_message',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('message_key', 40),
          varchar('channel', 32),
          varchar('recipient', 64),
          varchar('bundle', 40, true),
          varchar('grade', 8),
          integer('notices'),
          varchar('state', 12),
          varchar('subject', 255),
          text('content'),
          integer('attempts'),
          instant('next_attempt_at'),
          varchar('lease_owner', 96),
          instant('lease_until'),
          varchar('reason', 24, true),
          varchar('detail', 255, true),
          instant('created_at'),
          instant('sent_at', true),
        ],
        indices: [
          new TableIndex({
            name: 'ux_notification_message_key',
            columnNames: ['message_key'],
            isUnique: true,
          }),
          // The queue of each channel.
          index('ix_notification_message_queue', 'state', 'channel', 'next_attempt_at', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notification_message');
  }
}
