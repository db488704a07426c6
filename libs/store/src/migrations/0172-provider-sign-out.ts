import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key } from './table-columns';

/**
 * What it takes to be signed out by the provider: which session of the provider's a session here came from, and which of its
 * tokens were used already.
 */
export class ProviderSignOut1795305600172 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE user_session ADD COLUMN provider_session_hash varchar(64) NULL');
    // What one session of the provider's began here.
    await runner.query('CREATE INDEX ix_user_session_provider ON user_session (provider_session_hash)');
    await runner.createTable(
      new Table({
        name: 'oidc_sign_out',
        columns: [key('token_hash', 64), instant('received_at')],
        // Those that are too old are removed.
        indices: [index('ix_oidc_sign_out_received', 'received_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === 'better-sqlite3';
    await runner.dropTable('oidc_sign_out');
    await runner.query(`DROP INDEX ix_user_session_provider${isSqlite ? '' : ' ON user_session'}`);
    await runner.query('ALTER TABLE user_session DROP COLUMN provider_session_hash');
  }
}
