import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, varchar } from './table-columns';

export class LightChange1795305600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'light_change',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('case_no', 64),
          varchar('clock', 160),
          varchar('clock_kind', 16),
          varchar('department', 64, true),
          varchar('item_code', 64, true),
          varchar('from_light', 8, true),
          varchar('to_light', 8),
          varchar('reason', 16),
          instant('became_at'),
          instant('detected_at'),
          instant('due_at', true),
          varchar('ruleset_version', 64),
          varchar('calendar_version', 64),
          instant('superseded_at', true),
          varchar('superseded_because', 16, true),
        ],
        indices: [
          // The light changes of one case: compared at each judgement, shown on its page.
          index('ix_light_change_case', 'case_no', 'id'),
          // The stream of one department's changes, newest first.
          index('ix_light_change_department', 'department', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('light_change');
  }
}
