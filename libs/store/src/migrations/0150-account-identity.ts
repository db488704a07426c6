import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key, varchar } from './table-columns';

export class AccountIdentity1795305600150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'account_identity',
        columns: [
          key('identity_hash', 64),
          varchar('account_id', 36),
          varchar('issuer', 512),
          instant('created_at'),
        ],
        // Whether an account is one of a provider, before it is changed by hand.
        indices: [index('ix_account_identity_account', 'account_id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_identity');
  }
}
