import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, key, text, varchar } from './table-columns';

export class LightIssue1795305600085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'light_issue',
        columns: [
          key('case_no', 64),
          key('identity', 200),
          varchar('clock', 160),
          varchar('from_light', 8),
          varchar('to_light', 8),
          instant('became_at'),
          varchar('department', 64, true),
          varchar('decision', 10),
          text('reason'),
          varchar('decided_by', 64),
          varchar('decided_by_name', 128),
          instant('decided_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('light_issue');
  }
}
