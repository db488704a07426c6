import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class Appeal1795305600049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'appeal',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('light_key', 64),
          integer('attempt'),
          varchar('case_no', 64),
          varchar('clock', 160),
          instant('became_at'),
          varchar('from_light', 8, true),
          varchar('to_light', 8),
          varchar('department', 64),
          varchar('reason', 32),
          varchar('state', 16),
          varchar('light', 8),
          instant('due_at', true),
          integer('provisional'),
          instant('next_change_at', true),
          integer('version'),
          instant('filed_at'),
          instant('ended_at', true),
        ],
        indices: [
          { ...index('ix_appeal_no', 'no'), isUnique: true },
          // One appeal at a time against one light.
          { ...index('ix_appeal_light', 'light_key', 'attempt'), isUnique: true },
          index('ix_appeal_next', 'next_change_at'),
          index('ix_appeal_department', 'department', 'id'),
          index('ix_appeal_state', 'state', 'light', 'id'),
          index('ix_appeal_case', 'case_no'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('appeal');
  }
}
