import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key, text, varchar } from './table-columns';

export class FeedState1795305600025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_state',
        columns: [
          key('feed', 64),
          varchar('kind', 16),
          varchar('owner', 128),
          integer('epoch'),
          instant('lease_until'),
          integer('paused'),
          text('position'),
          text('request'),
          integer('records'),
          integer('events'),
          integer('rejects'),
          integer('failures'),
          text('last_error'),
          instant('retry_at', true),
          instant('last_run_at', true),
          instant('last_progress_at', true),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_state');
  }
}
