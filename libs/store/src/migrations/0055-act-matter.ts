import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `complaint` is longer than the matters before it. SQLite's texts have no bound: nothing to do there. */
export class ActMatter1795305600055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await modify(runner, 16);
  }

  async down(runner: QueryRunner): Promise<void> {
    await modify(runner, 8);
  }
}

async function modify(runner: QueryRunner, length: number): Promise<void> {
  if (runner.connection.options.type === 'better-sqlite3') return;
  await runner.query(`ALTER TABLE act_event MODIFY matter VARCHAR(${length}) NOT NULL`);
}
