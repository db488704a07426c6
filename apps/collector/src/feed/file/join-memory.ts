import type { QuarantineRecord } from '@mingjian/contracts';
import Database from 'libsql';
import type { Fields, RememberedRow, RowLookup, RowName } from '@mingjian/mapping';

/** Rows and waiting records kept for a mapping; beyond these the oldest are forgotten. */
const MOST_ROWS = 1_000_000;
const MOST_WAITING = 100_000;

/** A record that waits for a row of another table. */
export interface WaitingRecord {
  /** As it was put into quarantine. */
  quarantine: QuarantineRecord;
  /** Whole; that of the quarantine is cut at 64 KiB. */
  raw: string;
  waitsFor: RowName;
}

/**
 * 并表: the rows that rows of other tables are joined to, and the records that wait for such a row, over all deliveries
 * of a mapping. Holds only the fields that the mapping reads of a joined row.
 *
 * Guarantees: the newest version of a row counts, whichever comes first; what was kept survives the process. Bounded:
 * beyond a million rows the oldest are forgotten, and a record that needs one then waits in quarantine, where it is seen.
 */
export class JoinMemory implements RowLookup {
  private readonly database: Database.Database;

  /** `file`: `:memory:` for one run alone. `mapping`: its name. */
  constructor(
    file: string,
    private readonly mapping: string,
  ) {
    this.database = new Database(file);
    this.database.pragma('busy_timeout = 10000');
    if (file !== ':memory:') this.database.pragma('journal_mode = WAL');
    this.database.exec(SCHEMA);
  }

  find({ input, key }: RowName): Fields | null {
    const row = this.database
      .prepare('SELECT content FROM joined_row WHERE mapping = ? AND input = ? AND row_key = ?')
      .get(this.mapping, input, key) as { content: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.content) as Fields);
  }

  /** All or none; when it returns they are on disk. */
  remember(rows: readonly RememberedRow[]): void {
    this.atOnce(() => {
      const insert = this.database.prepare(
        'INSERT INTO joined_row (mapping, input, row_key, version, content) VALUES (?, ?, ?, ?, ?) ' +
          'ON CONFLICT (mapping, input, row_key) DO UPDATE SET version = excluded.version, content = excluded.content ' +
          'WHERE excluded.version >= joined_row.version',
      );
      for (const { input, key, version, fields } of rows)
        insert.run(this.mapping, input, key, version, JSON.stringify(fields));
    });
  }

  /** Keeps records that wait; one that waits already stays as it is. */
  keepWaiting(records: readonly WaitingRecord[]): void {
    this.atOnce(() => {
      const insert = this.database.prepare(
        'INSERT OR REPLACE INTO waiting_record (mapping, id, input, row_key, content) VALUES (?, ?, ?, ?, ?)',
      );
      for (const record of records) {
        const { input, key } = record.waitsFor;
        insert.run(this.mapping, record.quarantine.id, input, key, JSON.stringify(record));
      }
    });
  }

  /** Up to `most` records whose row has come, the oldest first. */
  ready(most: number): WaitingRecord[] {
    const rows = this.database
      .prepare(
        'SELECT w.content FROM waiting_record w JOIN joined_row j ' +
          'ON j.mapping = w.mapping AND j.input = w.input AND j.row_key = w.row_key ' +
          'WHERE w.mapping = ? ORDER BY w.number LIMIT ?',
      )
      .all(this.mapping, most) as { content: string }[];
    return rows.map(({ content }) => JSON.parse(content) as WaitingRecord);
  }

  /** These wait no longer. */
  forget(ids: readonly string[]): void {
    this.atOnce(() => {
      const remove = this.database.prepare('DELETE FROM waiting_record WHERE mapping = ? AND id = ?');
      for (const id of ids) remove.run(this.mapping, id);
    });
  }

  /** Holds the memory to its bounds, then closes it. */
  close(): void {
    for (const [table, most] of [
      ['joined_row', MOST_ROWS],
      ['waiting_record', MOST_WAITING],
    ] as const)
      this.database
        .prepare(
          `DELETE FROM ${table} WHERE mapping = ? AND number <= ` +
            `(SELECT number FROM ${table} WHERE mapping = ? ORDER BY number DESC LIMIT 1 OFFSET ?)`,
        )
        .run(this.mapping, this.mapping, most);
    this.database.close();
  }

  private atOnce(write: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS joined_row (
    number INTEGER PRIMARY KEY,
    mapping TEXT NOT NULL,
    input TEXT NOT NULL,
    row_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (mapping, input, row_key)
  );
  CREATE TABLE IF NOT EXISTS waiting_record (
    number INTEGER PRIMARY KEY,
    mapping TEXT NOT NULL,
    id TEXT NOT NULL,
    input TEXT NOT NULL,
    row_key TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (mapping, id)
  );
  CREATE INDEX IF NOT EXISTS waiting_for ON waiting_record (mapping, input, row_key);
`;
