import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, mediumText, varchar } from './table-columns';

export class RuleDraft1795305600140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'rule_draft',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('kind', 16),
          varchar('document_id', 64),
          varchar('title', 200),
          varchar('state', 16),
          integer('version'),
          varchar('author', 80),
          varchar('author_name', 80),
          instant('created_at'),
          varchar('edited_by', 80),
          varchar('edited_by_name', 80),
          instant('edited_at'),
          mediumText(runner, 'contributors'),
          varchar('base_version', 64, true),
          varchar('base_in_force_from', 10, true),
          varchar('base_digest', 64),
          mediumText(runner, 'base_document'),
          mediumText(runner, 'document'),
          { ...integer('revert_of'), isNullable: true },
          varchar('document_version', 64, true),
          varchar('in_force_from', 10, true),
          mediumText(runner, 'problems'),
          mediumText(runner, 'history'),
          varchar('reason', 2000, true),
          varchar('submitted_by', 80, true),
          varchar('submitted_by_name', 80, true),
          instant('submitted_at', true),
          varchar('decided_by', 80, true),
          varchar('decided_by_name', 80, true),
          instant('decided_at', true),
          varchar('decision_note', 2000, true),
        ],
        indices: [index('ix_rule_draft_state', 'state', 'id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rule_draft');
  }
}
