import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class SupervisionOrder1795305600046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'supervision_order',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('department', 64),
          varchar('post', 64, true),
          varchar('title', 255),
          varchar('colour', 8),
          varchar('state', 24),
          varchar('light', 8),
          varchar('level', 16, true),
          integer('round'),
          instant('due_at', true),
          integer('provisional'),
          instant('next_change_at', true),
          integer('version'),
          varchar('rule', 40, true),
          instant('issued_at'),
          instant('ended_at', true),
        ],
        indices: [
          { ...index('ix_supervision_order_no', 'no'), isUnique: true },
          // What the passing of time changes next.
          index('ix_supervision_order_next', 'next_change_at'),
          // The orders of a department, newest first; those in one state.
          index('ix_supervision_order_department', 'department', 'id'),
          index('ix_supervision_order_state', 'state', 'light', 'id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('supervision_order');
  }
}
