import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, instant, integer, mediumText, varchar } from './table-columns';

export class RuleVersion1795305600141 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'rule_version',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('kind', 16),
          varchar('document_id', 64),
          varchar('version', 64, true),
          varchar('in_force_from', 10, true),
          varchar('base_digest', 64),
          varchar('digest', 64),
          mediumText(runner, 'document'),
          integer('draft_id'),
          varchar('reason', 2000),
          varchar('author', 80),
          varchar('approved_by', 80),
          varchar('approved_by_name', 80),
          instant('approved_at'),
        ],
        // A draft is approved once, whatever happens.
        indices: [{ name: 'ux_rule_version_draft', columnNames: ['draft_id'], isUnique: true }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rule_version');
  }
}
