import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, integer, key, varchar } from './table-columns';

export class OrderSource1795305600047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'order_source',
        columns: [key('issued_by', 64), key('source_key', 64), integer('order_id'), varchar('case_no', 64)],
        indices: [
          // Orders about a case; what an order rests on.
          index('ix_order_source_case', 'case_no'),
          index('ix_order_source_order', 'order_id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('order_source');
  }
}
