import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { key, text } from './table-columns';

export class Complainant1795305600057 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'complainant', columns: [key('complaint_no', 40), text('sealed')] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('complainant');
  }
}
