import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lights that wait for confirmation, found among millions that do not. New rows go to the end of it: it costs little. */
export class LightChangeByIssue1795305600086 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_light_change_issue ON light_change (issue, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === 'better-sqlite3';
    await runner.query(`DROP INDEX ix_light_change_issue${isSqlite ? '' : ' ON light_change'}`);
  }
}
