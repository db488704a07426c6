import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, varchar } from './table-columns';

export class ShardOwner1795305600010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'shard_owner',
        columns: [
          { name: 'shard', type: 'integer', isPrimary: true },
          varchar('owner', 128),
          integer('epoch'),
          instant('taken_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('shard_owner');
  }
}

/** The sweep asks shard by shard: each process for those that it holds. */
export class SweepByShard1795305600011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'case_file',
      new TableIndex(index('ix_case_file_due', 'shard', 'next_change_at', 'case_no')),
    );
    await runner.dropIndex('case_file', 'ix_case_file_sweep');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'case_file',
      new TableIndex(index('ix_case_file_sweep', 'next_change_at', 'case_no')),
    );
    await runner.dropIndex('case_file', 'ix_case_file_due');
  }
}
