import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { varchar } from './table-columns';

export class QuarantineEnd1795305600101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('quarantine', [
      new TableColumn(varchar('meant_case', 64, true)),
      new TableColumn(varchar('meant_event', 128, true)),
      new TableColumn(varchar('ended_by', 255, true)),
      new TableColumn(varchar('ended_with', 1000, true)),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('quarantine', ['meant_case', 'meant_event', 'ended_by', 'ended_with']);
  }
}
