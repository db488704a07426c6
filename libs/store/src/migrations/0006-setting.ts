import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { key, text } from './table-columns';

export class Setting1795305600006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'setting',
        columns: [key('name', 64), text('value')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('setting');
  }
}
