import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class RatingAppeal1795305600121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'rating_appeal',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('case_no', 64),
          varchar('source', 128),
          varchar('event_id', 128),
          varchar('rating_key', 64),
          integer('attempt'),
          integer('grade'),
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
          { ...index('ix_rating_appeal_no', 'no'), isUnique: true },
          // One appeal at a time against one rating.
          { ...index('ix_rating_appeal_rating', 'rating_key', 'attempt'), isUnique: true },
          index('ix_rating_appeal_next', 'next_change_at'),
          index('ix_rating_appeal_department', 'department', 'id'),
          index('ix_rating_appeal_case', 'case_no', 'state'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rating_appeal');
  }
}
