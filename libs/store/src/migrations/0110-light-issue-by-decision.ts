import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lights that were confirmed since an instant: what rules for orders are asked again after. */
export class LightIssueByDecision1795305600110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_light_issue_decided ON light_issue (decided_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === 'better-sqlite3';
    await runner.query(`DROP INDEX ix_light_issue_decided${isSqlite ? '' : ' ON light_issue'}`);
  }
}
