import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, text, varchar } from './table-columns';

export class PatternFinding1795305600020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'pattern_finding',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('open_key', 64, true),
          varchar('kind', 64),
          varchar('code', 16),
          varchar('severity', 16),
          varchar('scope', 16),
          varchar('subject', 255),
          varchar('department', 64, true),
          varchar('item_code', 64, true),
          varchar('period', 7),
          instant('at', true),
          text('cases'),
          text('figures'),
          instant('detected_at'),
          instant('superseded_at', true),
        ],
        indices: [
          // Two examinations at once find a thing once: those that hold differ, superseded ones are null.
          { ...index('ux_pattern_finding_open', 'open_key'), isUnique: true },
          // What held of the months that are examined again.
          index('ix_pattern_finding_period', 'period', 'id'),
          // The list of a department, newest first.
          index('ix_pattern_finding_department', 'department', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('pattern_finding');
  }
}
