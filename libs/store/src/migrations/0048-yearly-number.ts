import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { integer, key } from './table-columns';

export class YearlyNumber1795305600048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'yearly_number',
        columns: [key('series', 40), integer('last_number')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('yearly_number');
  }
}
