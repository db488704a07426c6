import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key, varchar } from './table-columns';

export class FeedFile1795305600028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_file',
        columns: [
          key('feed', 64),
          key('digest', 64),
          varchar('name', 255),
          varchar('state', 16),
          integer('records'),
          integer('events'),
          integer('rejects'),
          integer('rejects_bytes'),
          instant('updated_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_file');
  }
}
