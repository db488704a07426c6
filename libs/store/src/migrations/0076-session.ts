import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key, varchar } from './table-columns';

export class UserSession1795305600076 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'user_session',
        columns: [
          key('token_hash', 64),
          varchar('id', 36),
          varchar('account_id', 36),
          instant('created_at'),
          instant('last_seen_at'),
          varchar('address', 64),
          varchar('device', 200),
        ],
        // The list of devices of an account, and its end everywhere.
        indices: [index('ix_user_session_account', 'account_id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('user_session');
  }
}
