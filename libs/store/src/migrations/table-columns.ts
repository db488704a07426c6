import type { QueryRunner, TableColumnOptions, TableIndexOptions } from 'typeorm';

/** Portable column types only: varchar, text, integer, datetime(3) in UTC. */
export const key = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isPrimary: true,
});
export const generatedKey = (): TableColumnOptions => ({
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});
/**
 * Engine of a table with a {@link generatedKey}: what is written later has a higher id, whichever server of a cluster took it
 * in. Each server of TiDB would hand out 30,000 ids of its own otherwise, and what is read in the order of ids (the outbox,
 * the notices, the live stream) would stand in another order than it was written in. Can be said only when the table is
 * made. To MySQL and MariaDB it is a comment; SQLite knows no engines.
 */
export const ASCENDING_IDS = 'InnoDB /*T![auto_id_cache] AUTO_ID_CACHE=1 */';
export const varchar = (name: string, length: number, isNullable = false): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
});
export const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
/** A text that may be long: on MySQL a TEXT ends at 65,535 bytes; SQLite's texts have no bound. */
export const mediumText = (runner: QueryRunner, name: string): TableColumnOptions => ({
  name,
  type: runner.connection.options.type === 'better-sqlite3' ? 'text' : 'mediumtext',
});
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
export const instant = (name: string, isNullable = false): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  isNullable,
});
export const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames });
