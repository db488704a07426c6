import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { key, text } from './table-columns';

export class HandoverFile1795305600033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'handover_file',
        columns: [
          { name: 'handover_id', type: 'integer', isPrimary: true },
          key('variant', 16),
          { name: 'part', type: 'integer', isPrimary: true },
          text('content'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('handover_file');
  }
}
