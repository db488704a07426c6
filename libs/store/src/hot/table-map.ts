import { getMetadataArgsStorage, type ObjectLiteral } from 'typeorm';
import { truthTransformer } from '../rows/columns';
import { instantOf, instantText } from './instant-text';

type Kind = 'instant' | 'truth' | 'plain';

interface MappedColumn {
  property: string;
  column: string;
  kind: Kind;
  key: boolean;
  generated: boolean;
}

/**
 * How a row class and its table correspond, for the statements that are written by hand. Read from the same
 * decorators that TypeORM reads, so that there is one description of each table.
 */
export class TableMap<Row extends ObjectLiteral> {
  readonly table: string;
  /** Columns that an INSERT names: all but generated ones, unless rows keep their ids. */
  readonly written: readonly string[];
  /** Columns of the primary key. */
  readonly keys: readonly string[];
  private readonly columns: MappedColumn[];
  private readonly insertable: MappedColumn[];
  private readonly blank: Readonly<Record<string, unknown>>;

  /** `keepsIds`: rows are copied from another store, and what is generated there comes with them. */
  constructor(row: new () => Row, { keepsIds = false } = {}) {
    const storage = getMetadataArgsStorage();
    const table = storage.tables.find((entry) => entry.target === row)?.name;
    if (table === undefined) throw new Error(`${row.name} is no row class`);
    this.table = table;
    const generated = new Set(
      storage.generations.filter((entry) => entry.target === row).map((entry) => entry.propertyName),
    );
    this.columns = storage.columns
      .filter((entry) => entry.target === row)
      .map((entry) => ({
        property: entry.propertyName,
        column: entry.options.name ?? entry.propertyName,
        kind:
          entry.options.type === 'datetime'
            ? 'instant'
            : entry.options.transformer === truthTransformer
              ? 'truth'
              : 'plain',
        key: entry.options.primary === true,
        generated: generated.has(entry.propertyName),
      }));
    this.blank = Object.fromEntries(this.columns.map(({ property }) => [property, null]));
    this.insertable = this.columns.filter((column) => keepsIds || !column.generated);
    this.written = this.insertable.map((column) => column.column);
    this.keys = this.columns.filter((column) => column.key).map((column) => column.column);
  }

  /** Appends the values of a row, in the order of {@link written}. @returns the characters of its texts. */
  appendValues(row: Partial<Row>, values: unknown[]): number {
    let characters = 0;
    for (const column of this.insertable) {
      const value = toDatabase(column.kind, row[column.property]);
      if (typeof value === 'string') characters += value.length;
      values.push(value);
    }
    return characters;
  }

  /** A row as the driver returned it, with instants and truth values of the product. */
  decode(raw: object): Row {
    const values = raw as Record<string, unknown>;
    // A copy of a whole row has its shape from the start; members added one by one would each change it.
    const row = { ...this.blank };
    for (const column of this.columns)
      row[column.property] = fromDatabase(column.kind, values[column.column]);
    return row as Row;
  }
}

function toDatabase(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'instant') return instantText(value as number);
  if (kind === 'truth') return value === true ? 1 : 0;
  return value;
}

function fromDatabase(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'instant') return instantOf(value as string | Date);
  if (kind === 'truth') return value === 1;
  return value;
}
