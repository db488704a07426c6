import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts that a department or we ourselves may write at length: on MySQL a TEXT ends at 65,535 bytes. */
const WIDE: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['step_event', 'data'],
  ['finding', 'detail'],
  ['quarantine', 'expected', 'got', 'hint', 'raw'],
  ['setting', 'value'],
];

/** SQLite's texts have no bound: nothing to do there. */
export class WideTexts1795305600009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await modify(runner, 'MEDIUMTEXT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await modify(runner, 'TEXT');
  }
}

async function modify(runner: QueryRunner, type: string): Promise<void> {
  if (runner.connection.options.type === 'better-sqlite3') return;
  for (const [table, ...columns] of WIDE)
    await runner.query(
      `ALTER TABLE ${table} ${columns.map((column) => `MODIFY ${column} ${type} NOT NULL`).join(', ')}`,
    );
}
