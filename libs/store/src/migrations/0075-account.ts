import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, key, varchar } from './table-columns';

export class Account1795305600075 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'account',
        columns: [
          key('id', 36),
          varchar('name', 64),
          varchar('display_name', 64),
          varchar('password_hash', 255, true),
          varchar('password_state', 16),
          instant('one_time_until', true),
          varchar('roles', 128),
          varchar('department', 64, true),
          varchar('district', 64, true),
          integer('is_disabled'),
          varchar('totp_sealed', 512, true),
          integer('is_totp_confirmed'),
          integer('totp_last_step'),
          instant('created_at'),
          instant('password_set_at', true),
          instant('last_signed_in_at', true),
          integer('version'),
        ],
        // Signing in looks an account up by its name, and two of one name must not be.
        indices: [{ ...index('ux_account_name', 'name'), isUnique: true }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account');
  }
}
