import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key, text, varchar } from './table-columns';

export class StepEvent1795305600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'step_event',
        columns: [
          key('case_no', 64),
          key('source', 128),
          key('event_id', 128),
          varchar('type', 40),
          instant('occurred_at'),
          instant('received_at', true),
          text('data'),
          integer('log_partition'),
          integer('log_offset'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('step_event');
  }
}
