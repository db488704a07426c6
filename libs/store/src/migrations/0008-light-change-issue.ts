import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 发牌方式 of each change. What was written before came on by itself. */
export class LightChangeIssue1795305600008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Written out: adding a column by TypeORM copies the whole table on SQLite.
    await runner.query("ALTER TABLE light_change ADD COLUMN issue varchar(16) NOT NULL DEFAULT 'automatic'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE light_change DROP COLUMN issue');
  }
}
