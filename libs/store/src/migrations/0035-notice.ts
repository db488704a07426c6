import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, text, varchar } from './table-columns';

export class Notice1795305600035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notice',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          integer('shard'),
          varchar('notice_key', 320),
          varchar('thread', 240, true),
          varchar('kind', 16),
          varchar('grade', 8),
          varchar('department', 64, true),
          varchar('post', 64, true),
          varchar('case_no', 64, true),
          varchar('subject', 255),
          varchar('roles', 128),
          text('facts'),
          instant('at'),
          instant('created_at'),
          integer('is_withdrawal'),
          integer('level'),
          varchar('state', 12),
          varchar('reason', 16, true),
          varchar('bundle', 40, true),
        ],
        indices: [
          // What waits in one shard, in order; what is held, for those who release.
          index('ix_notice_state', 'state', 'shard', 'id'),
          // How many came within the window of the storm control.
          index('ix_notice_created', 'created_at'),
          // What was written under a key before it was withdrawn.
          index('ix_notice_key', 'notice_key'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notice');
  }
}
