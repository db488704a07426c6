import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class ManualCard1795305600051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'manual_card',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('case_no', 64),
          varchar('department', 64),
          varchar('light', 8),
          varchar('reason', 32),
          instant('issued_at'),
          instant('withdrawn_at', true),
          integer('version'),
        ],
        indices: [
          { ...index('ix_manual_card_no', 'no'), isUnique: true },
          index('ix_manual_card_case', 'case_no'),
          index('ix_manual_card_department', 'department', 'id'),
          // Statistics over a period.
          index('ix_manual_card_issued', 'issued_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('manual_card');
  }
}
