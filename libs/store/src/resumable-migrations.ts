import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { codeOf } from './mysql-errors';

/** Names of migrations that were begun and perhaps not ended. There only while a process migrates, or was killed meanwhile. */
const UNDER_WAY = 'migration_under_way';

/** What the server says to a statement that was carried out already. */
const DONE_ALREADY = new Set([
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_FIELDNAME',
  'ER_DUP_KEYNAME',
  'ER_CANT_DROP_FIELD_OR_KEY',
]);

/**
 * Brings the schema of a MySQL-compatible server up to date, also where a process was killed in the middle of it. Such a
 * server commits each DDL statement by itself: what is broken off leaves tables of a migration that is not noted as done,
 * and doing it again would fail for ever at the first of them.
 * 1. A migration notes its name before its first statement, which commits the note.
 * 2. One whose name is noted already is done again; of its statements those that were carried out are passed over.
 * 3. When nothing is left to do, the notes are removed.
 * Guarantees: a table that nobody noted is not ours, and stops the migration. Needs of each migration: statements that are
 * single and atomic (all of InnoDB's are), and data that may be written twice.
 */
export async function migrateResumably(source: DataSource): Promise<void> {
  if (!(await source.showMigrations())) return;
  await source.query(`CREATE TABLE IF NOT EXISTS ${UNDER_WAY} (name VARCHAR(255) NOT NULL PRIMARY KEY)`);
  for (const migration of source.migrations) makeResumable(migration);
  await source.runMigrations({ transaction: 'each' });
  await source.query(`DROP TABLE ${UNDER_WAY}`);
}

function makeResumable(migration: MigrationInterface): void {
  const name = migration.name ?? migration.constructor.name;
  const up = migration.up.bind(migration);
  migration.up = async (runner) => {
    const { affectedRows } = (await runner.query(`INSERT IGNORE INTO ${UNDER_WAY} (name) VALUES (?)`, [
      name,
    ])) as {
      affectedRows: number;
    };
    if (affectedRows === 1) return up(runner) as Promise<void>;
    await passingOver(runner, () => up(runner));
  };
}

/** Runs `work` on a runner that takes it well when a statement was carried out before. */
async function passingOver(runner: QueryRunner, work: () => Promise<unknown>): Promise<void> {
  const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<never>;
  const dropIndex = runner.dropIndex.bind(runner);
  const forgiving = {
    query: async (...given: unknown[]) => {
      try {
        return await query(...given);
      } catch (error) {
        if (!DONE_ALREADY.has(codeOf(error))) throw error;
        return undefined;
      }
    },
    // It looks into the table before it says anything to the server.
    dropIndex: (table: string, index: string) => dropIndex(table, index, true),
  };
  Object.assign(runner, forgiving);
  try {
    await work();
  } finally {
    Object.assign(runner, { query, dropIndex });
  }
}
