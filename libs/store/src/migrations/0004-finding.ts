import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, text, varchar } from './table-columns';

export class Finding1795305600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'finding',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('case_no', 64),
          varchar('code', 64),
          varchar('severity', 16),
          varchar('ref', 255),
          instant('at', true),
          text('detail'),
          varchar('department', 64, true),
          varchar('item_code', 64, true),
          instant('detected_at'),
          instant('superseded_at', true),
        ],
        indices: [
          // The findings of one case: compared at each judgement, shown on its page.
          index('ix_finding_case', 'case_no', 'id'),
          // The list of one kind of finding, newest first.
          index('ix_finding_code', 'code', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('finding');
  }
}
