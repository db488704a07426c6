import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { integer, key, mediumText } from './table-columns';

export class FeedPending1795305600027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'feed_pending',
        columns: [key('feed', 64), { ...integer('place'), isPrimary: true }, mediumText(runner, 'payload')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('feed_pending');
  }
}
