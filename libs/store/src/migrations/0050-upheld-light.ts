import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, key, varchar } from './table-columns';

export class UpheldLight1795305600050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'upheld_light',
        columns: [
          key('case_no', 64),
          key('identity', 200),
          integer('appeal_id'),
          varchar('department', 64, true),
          varchar('to_light', 8),
          instant('became_at'),
          instant('upheld_at'),
        ],
        indices: [
          // Statistics over a period.
          index('ix_upheld_light_became', 'became_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('upheld_light');
  }
}
