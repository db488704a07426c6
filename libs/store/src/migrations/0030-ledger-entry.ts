import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key, varchar } from './table-columns';

export class LedgerEntry1795305600030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'ledger_entry',
        columns: [
          key('chain', 64),
          { name: 'seq', type: 'integer', isPrimary: true },
          instant('at'),
          varchar('kind', 64),
          varchar('actor', 128, true),
          varchar('subject', 160),
          // A root names every chain: more than the 65,535 bytes of MySQL's TEXT where there are many shards.
          { name: 'body', type: runner.connection.options.type === 'better-sqlite3' ? 'text' : 'mediumtext' },
          varchar('hash', 64),
        ],
        indices: [
          // What the ledger says of one case, one order, one account.
          index('ix_ledger_entry_subject', 'subject'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ledger_entry');
  }
}
