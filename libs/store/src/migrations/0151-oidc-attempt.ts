import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, key, varchar } from './table-columns';

export class OidcAttempt1795305600151 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'oidc_attempt',
        columns: [
          key('state_hash', 64),
          varchar('browser_hash', 64),
          varchar('issuer', 512),
          varchar('nonce', 64),
          varchar('code_verifier', 128),
          varchar('wanted', 300),
          varchar('former_token_hash', 64, true),
          instant('created_at'),
        ],
        // Those that are too old are removed.
        indices: [index('ix_oidc_attempt_created', 'created_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('oidc_attempt');
  }
}
