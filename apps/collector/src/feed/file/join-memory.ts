import type { QuarantineRecord } from '@mingjian/contracts';
import Database from 'libsql';
import type { Fields, Mapping, RememberedRow, RowLookup, RowName } from '@mingjian/mapping';

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
 * Where the mapping reads more fields than it did when a row came, a record that must have the row waits until it comes
 * again: what it lacks is not known.
 */
export class JoinMemory implements RowLookup {
  private readonly database: Database.Database;
  private readonly mapping: string;

  /** `file`: `:memory:` for one run alone. */
  constructor(file: string, { name, joinedFields }: Pick<Mapping, 'name' | 'joinedFields'>) {
    this.mapping = name;
    this.database = new Database(file);
    this.database.pragma('busy_timeout = 10000');
    if (file !== ':memory:') this.database.pragma('journal_mode = WAL');
    this.database.exec(SCHEMA);
    // Of several processes one alters the file.
    this.atOnce(() => {
      const columns = this.database.prepare('PRAGMA table_info(joined_row)').all() as { name: string }[];
      if (!columns.some((column) => column.name === 'is_short'))
        this.database.exec('ALTER TABLE joined_row ADD COLUMN is_short INTEGER NOT NULL DEFAULT 0');
      for (const [input, fields] of joinedFields) this.keepFields(input, [...fields].sort());
    });
  }

  find({ input, key }: RowName, isWaitedFor = false): Fields | null {
    const row = this.database
      .prepare('SELECT content, is_short FROM joined_row WHERE mapping = ? AND input = ? AND row_key = ?')
      .get(this.mapping, input, key) as { content: string; is_short: number } | undefined;
    if (row === undefined || (isWaitedFor && row.is_short === 1)) return null;
    return JSON.parse(row.content) as Fields;
  }

  /** All or none; when it returns they are on disk. */
  remember(rows: readonly RememberedRow[]): void {
    this.atOnce(() => {
      const insert = this.database.prepare(
        'INSERT INTO joined_row (mapping, input, row_key, version, content) VALUES (?, ?, ?, ?, ?) ' +
          'ON CONFLICT (mapping, input, row_key) DO UPDATE SET version = excluded.version, content = excluded.content, is_short = 0 ' +
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
          'ON j.mapping = w.mapping AND j.input = w.input AND j.row_key = w.row_key AND j.is_short = 0 ' +
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

  /** Notes which fields are kept from now on; rows that came when fewer were are short. */
  private keepFields(input: string, fields: readonly string[]): void {
    const { database, mapping } = this;
    const before = database
      .prepare('SELECT fields FROM joined_field WHERE mapping = ? AND input = ?')
      .get(mapping, input) as { fields: string } | undefined;
    const text = JSON.stringify(fields);
    if (before?.fields === text) return;
    const kept = before === undefined ? fields : (JSON.parse(before.fields) as string[]);
    if (fields.some((field) => !kept.includes(field)))
      database
        .prepare('UPDATE joined_row SET is_short = 1 WHERE mapping = ? AND input = ?')
        .run(mapping, input);
    database
      .prepare('INSERT OR REPLACE INTO joined_field (mapping, input, fields) VALUES (?, ?, ?)')
      .run(mapping, input, text);
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
  CREATE TABLE IF NOT EXISTS joined_field (
    mapping TEXT NOT NULL,
    input TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (mapping, input)
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
