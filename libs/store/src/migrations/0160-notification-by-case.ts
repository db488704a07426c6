import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was told of a case, newest first. */
export class NotificationByCase1795305600160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_notification_case ON notification (case_no, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === 'better-sqlite3';
    await runner.query(`DROP INDEX ix_notification_case${isSqlite ? '' : ' ON notification'}`);
  }
}
