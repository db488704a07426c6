import Database from 'libsql';
import type { LogRecord } from '../event-log';

/** Steps of the file's schema, in order; the position is the version kept in `user_version`. Never edit one: append. */
const MIGRATIONS = [
  `
  CREATE TABLE log_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE log_record (
    topic TEXT NOT NULL,
    part INTEGER NOT NULL,
    off INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    appended_at INTEGER NOT NULL,
    PRIMARY KEY (topic, part, off)
  ) WITHOUT ROWID;
  CREATE TABLE group_offset (
    group_name TEXT NOT NULL,
    topic TEXT NOT NULL,
    part INTEGER NOT NULL,
    next_off INTEGER NOT NULL,
    PRIMARY KEY (group_name, topic, part)
  ) WITHOUT ROWID;
  `,
];

/** How long opening waits for another process that writes at the moment. Later writes wait outside SQLite. */
const OPENING_TIMEOUT_MS = 10_000;

export interface RecordToWrite {
  topic: string;
  partition: number;
  key: string;
  value: string;
}

/**
 * The SQLite file of an embedded log. Writes throw `SQLITE_BUSY` while another process writes: see `whenNotBusy`. Several processes may have it open at once: offsets are given inside a
 * transaction that holds the write lock, so that within a partition the order of offsets is the order of commits and
 * a reader never sees a gap that is filled later.
 */
export class LogFile {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();

  /** @throws Error when the file was made with another number of partitions or by a newer version. */
  constructor(
    private readonly file: string,
    private readonly partitions: number,
  ) {
    this.database = new Database(file);
    this.database.pragma(`busy_timeout = ${OPENING_TIMEOUT_MS}`);
    this.database.pragma('journal_mode = WAL');
    // FULL: each commit reaches the disk before it is acknowledged. WAL with NORMAL would lose the last ones at power loss.
    this.database.pragma('synchronous = FULL');
    this.transaction(() => {
      this.migrate();
      this.checkPartitions();
    });
    this.database.pragma('busy_timeout = 0');
  }

  /** Writes all or nothing; when it returns the records are on disk. */
  write(records: readonly RecordToWrite[], appendedAt: number): void {
    this.transaction(() => {
      const next = new Map<string, number>();
      const insert = this.statement('INSERT INTO log_record VALUES (?, ?, ?, ?, ?, ?)');
      for (const { topic, partition, key, value } of records) {
        const place = `${partition} ${topic}`;
        const offset = next.get(place) ?? this.endOffset(topic, partition);
        insert.run(topic, partition, offset, key, value, appendedAt);
        next.set(place, offset + 1);
      }
    });
  }

  read(topic: string, partition: number, fromOffset: number, limit: number): LogRecord[] {
    return this.statement(
      `SELECT topic, part AS "partition", off AS "offset", key, value, appended_at AS "appendedAt"
       FROM log_record WHERE topic = ? AND part = ? AND off >= ? ORDER BY off LIMIT ?`,
    ).all(topic, partition, fromOffset, limit) as LogRecord[];
  }

  /** The offset that the next record of the partition will get. */
  endOffset(topic: string, partition: number): number {
    const row = this.statement('SELECT max(off) AS last FROM log_record WHERE topic = ? AND part = ?').get(
      topic,
      partition,
    ) as { last: number | null };
    return row.last === null ? 0 : row.last + 1;
  }

  committedOffset(group: string, topic: string, partition: number): number {
    const row = this.statement(
      'SELECT next_off FROM group_offset WHERE group_name = ? AND topic = ? AND part = ?',
    ).get(group, topic, partition) as { next_off: number } | undefined;
    return row?.next_off ?? 0;
  }

  /** Remembers a group's place. It never moves back: a second consumer of the group may have been faster. */
  commit(group: string, topic: string, partition: number, nextOffset: number): void {
    this.transaction(() => {
      this.statement(
        `INSERT INTO group_offset VALUES (?, ?, ?, ?)
         ON CONFLICT (group_name, topic, part) DO UPDATE SET next_off = max(next_off, excluded.next_off)`,
      ).run(group, topic, partition, nextOffset);
    });
  }

  /** @returns whether the group's place was later than `offset`, and is there now. */
  rewind(group: string, topic: string, partition: number, offset: number): boolean {
    const { changes } = this.statement(
      `UPDATE group_offset SET next_off = ?
       WHERE group_name = ? AND topic = ? AND part = ? AND next_off > ?`,
    ).run(offset, group, topic, partition, offset);
    return changes > 0;
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private statement(sql: string): Database.Statement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  /** IMMEDIATE takes the write lock at once: a lock taken later, after a read, could fail without waiting. */
  private transaction(work: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.database.exec('COMMIT');
    } catch (error) {
      // A full disk may have ended the transaction already; then there is nothing left to roll back.
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private migrate(): void {
    const [row] = this.database.pragma('user_version') as [{ user_version: number }];
    if (row.user_version > MIGRATIONS.length)
      throw new Error(
        `${this.file}: expected an event log of version ${MIGRATIONS.length} or older, got version ${row.user_version} — it was made by a newer version of the program; run that one`,
      );
    for (const step of MIGRATIONS.slice(row.user_version)) this.database.exec(step);
    this.database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  }

  /** With another number of partitions the same key would go elsewhere, and its order would be lost. */
  private checkPartitions(): void {
    this.database
      .prepare(`INSERT INTO log_setting VALUES ('partitions', ?) ON CONFLICT (name) DO NOTHING`)
      .run(String(this.partitions));
    const { value } = this.database
      .prepare(`SELECT value FROM log_setting WHERE name = 'partitions'`)
      .get() as {
      value: string;
    };
    if (Number(value) !== this.partitions)
      throw new Error(
        `${this.file}: expected ${value} partitions, got ${this.partitions} — a log keeps the number it was made with; set MINGJIAN_LOG_PARTITIONS=${value}`,
      );
  }
}
