import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key } from './table-columns';

export class MonthCount1795305600067 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'month_count',
        columns: [key('month', 7), integer('revision'), instant('counted_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('month_count');
  }
}
