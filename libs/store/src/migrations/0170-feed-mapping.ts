import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, key, mediumText, varchar } from './table-columns';

export class FeedMapping1795305600170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_mapping',
        columns: [
          key('feed', 64),
          varchar('kind', 16),
          varchar('mapping', 64),
          mediumText(runner, 'document'),
          varchar('digest', 64),
          varchar('origin', 16),
          { ...integer('draft_id'), isNullable: true },
          varchar('source', 128),
          instant('told_at'),
        ],
        // The feeds of a mapping, for whoever changes it.
        indices: [index('ix_feed_mapping_mapping', 'mapping')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_mapping');
  }
}
