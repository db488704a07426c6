import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, key, varchar } from './table-columns';

export class SourceContact1795305600007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'source_contact',
        columns: [
          key('source', 128),
          varchar('department', 64, true),
          instant('last_received_at'),
          instant('last_occurred_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('source_contact');
  }
}
