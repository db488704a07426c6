import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';

/** Instants are epoch milliseconds (UTC) in the product and `datetime(3)`, always UTC, in the database. */
export const instantTransformer: ValueTransformer = {
  to: (ms: number | null | undefined) => (ms === null || ms === undefined ? ms : new Date(ms)),
  from: (value: Date | null) => (value === null ? null : value.getTime()),
};

/** Truth values are 0 and 1: databases disagree about booleans, not about integers. */
export const truthTransformer: ValueTransformer = {
  to: (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0),
  from: (value: number) => value === 1,
};

/** Column of an instant, epoch milliseconds (UTC) on the row. */
export function InstantColumn(name: string, options: ColumnOptions = {}): PropertyDecorator {
  return Column({ name, type: 'datetime', precision: 3, transformer: instantTransformer, ...options });
}

/** Column of a short text, at most `length` characters. */
export function TextColumn(name: string, length: number, options: ColumnOptions = {}): PropertyDecorator {
  return Column({ name, type: 'varchar', length, ...options });
}

/** Column of a text without a bound that an index would need. */
export function LongTextColumn(name: string, options: ColumnOptions = {}): PropertyDecorator {
  return Column({ name, type: 'text', ...options });
}

/** Column of a whole number. */
export function NumberColumn(name: string, options: ColumnOptions = {}): PropertyDecorator {
  return Column({ name, type: 'integer', ...options });
}

/** Column of a truth value. */
export function TruthColumn(name: string): PropertyDecorator {
  return Column({ name, type: 'integer', transformer: truthTransformer });
}

/** A short text that is the primary key or a part of it. */
export function KeyColumn(name: string, length: number): PropertyDecorator {
  return PrimaryColumn({ name, type: 'varchar', length });
}
