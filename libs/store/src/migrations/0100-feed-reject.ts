import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, integer, key, mediumText, varchar } from './table-columns';

export class FeedReject1795305600100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_reject',
        columns: [
          key('feed', 64),
          key('quarantine_id', 64),
          varchar('row_key', 64),
          mediumText(runner, 'row_values'),
          integer('is_waiting'),
          mediumText(runner, 'record'),
        ],
        indices: [
          // What of a row lies in quarantine, whenever the row is read.
          index('ix_feed_reject_row', 'feed', 'row_key'),
          // The rows that wait for a row of another table, looked at in each run.
          index('ix_feed_reject_waiting', 'feed', 'is_waiting', 'quarantine_id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_reject');
  }
}
