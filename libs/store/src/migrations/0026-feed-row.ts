import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { key, mediumText, varchar } from './table-columns';

export class FeedRow1795305600026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_row',
        columns: [
          key('feed', 64),
          key('row_key', 64),
          varchar('digest', 64),
          varchar('version', 64),
          mediumText(runner, 'events'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_row');
  }
}
