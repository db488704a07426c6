import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, text, varchar } from './table-columns';

export class Outbox1795305600012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'outbox',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          integer('shard'),
          varchar('topic', 64),
          varchar('record_key', 64),
          text('payload'),
          instant('created_at'),
        ],
        indices: [
          // What waits in one shard, in order.
          index('ix_outbox_shard', 'shard', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbox');
  }
}
