import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, mediumText, varchar } from './table-columns';

export class DraftImpact1795305600142 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'draft_impact',
        columns: [
          { ...integer('draft_id'), isPrimary: true },
          varchar('digest', 64),
          integer('draft_version'),
          varchar('state', 16),
          varchar('since', 10),
          varchar('until', 10),
          varchar('started_by', 80),
          varchar('started_by_name', 80),
          varchar('run', 32),
          instant('started_at'),
          instant('touched_at'),
          integer('done'),
          integer('total'),
          integer('is_cut'),
          mediumText(runner, 'result'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('draft_impact');
  }
}
