import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, key, varchar } from './table-columns';

export class ServiceCount1795305600130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'service_count',
        columns: [
          key('subject', 64),
          key('source', 128),
          varchar('month', 7),
          varchar('date', 10),
          varchar('department', 64),
          varchar('item_code', 64),
          ...['district', 'hall', 'service_window'].map((name) => varchar(name, 64, true)),
          integer('counted'),
          varchar('event_id', 128),
          instant('occurred_at'),
        ],
        indices: [index('ix_service_count_month', 'month', 'department')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('service_count');
  }
}
