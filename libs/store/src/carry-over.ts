import Database from 'libsql';

/**
 * Tables that follow from the event log and the rules: a rebuild makes them anew. All others hold what people did and what
 * the daemon wrote for ever; they are carried over.
 */
export const DERIVED_TABLES: readonly string[] = [
  'step_event',
  'case_file',
  'case_fact',
  'case_rating',
  'fact_mark',
  'month_count',
  'month_sum',
  'light_change',
  'finding',
  'outbox',
  'quarantine',
  'service_count',
  'shard_owner',
  'source_clock',
  'source_contact',
  'source_day',
  'source_slot',
];

/** Settings hold the places up to which the log was read: those of the new store stay. */
const SETTINGS = 'setting';

/** The driver's connection, as far as it is used here. */
interface Connection {
  exec(sql: string): unknown;
  prepare(sql: string): { all(...values: unknown[]): unknown[]; run(...values: unknown[]): unknown };
  close(): unknown;
}

/**
 * Carries what does not follow from the log from one embedded store to another, in one transaction; what the other one
 * has in these tables is replaced. Both are of the same version and nobody else has them open.
 */
export function carryOver(from: string, to: string): void {
  const database = new Database(to) as unknown as Connection;
  try {
    database.prepare('ATTACH DATABASE ? AS kept').run(from);
    const tables = (
      database
        .prepare(
          "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .all() as { name: string }[]
    )
      .map(({ name }) => name)
      .filter((name) => name !== 'migrations' && !DERIVED_TABLES.includes(name));
    database.exec('BEGIN IMMEDIATE');
    for (const name of tables) {
      if (name !== SETTINGS) database.exec(`DELETE FROM main."${name}"`);
      database.exec(`INSERT OR IGNORE INTO main."${name}" SELECT * FROM kept."${name}"`);
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
