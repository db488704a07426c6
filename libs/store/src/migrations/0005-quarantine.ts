import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key, text, varchar } from './table-columns';

export class Quarantine1795305600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'quarantine',
        columns: [
          key('id', 128),
          varchar('source', 128),
          varchar('feed', 32),
          varchar('place', 255),
          varchar('reason', 32),
          varchar('field', 255),
          text('expected'),
          text('got'),
          text('hint'),
          text('raw'),
          instant('received_at'),
          varchar('state', 16),
          instant('released_at', true),
        ],
        indices: [
          // The list of what is held, newest first, and the number of held records.
          index('ix_quarantine_state', 'state', 'received_at', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('quarantine');
  }
}
