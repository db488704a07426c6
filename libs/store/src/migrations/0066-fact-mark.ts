import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { integer, key } from './table-columns';

export class FactMark1795305600066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'fact_mark',
        columns: [key('month', 7), { ...integer('shard'), isPrimary: true }, integer('revision')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('fact_mark');
  }
}
