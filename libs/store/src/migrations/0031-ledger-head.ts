import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { integer, key, varchar } from './table-columns';

export class LedgerHead1795305600031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'ledger_head',
        columns: [key('chain', 64), varchar('algorithm', 16), integer('seq'), varchar('hash', 64)],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ledger_head');
  }
}
