import {
  type Fields,
  type JoinedName,
  type Mapping,
  type RememberedRow,
  type RowLookup,
  type RowName,
  Unmappable,
} from '@mingjian/mapping';
import type { TableSource } from './table-source';

/** Keys that the database is asked for at once. */
const KEYS_AT_ONCE = 200;

/**
 * 并表: the rows of other tables that the records of one page are joined to, looked up by their key in the same database at
 * the same time. Of several versions of a row the newest counts. Holds only the fields that the mapping reads.
 */
export class JoinedRows implements RowLookup {
  private readonly found = new Map<string, RememberedRow | 'several' | null>();

  /** `tables`: by input of the mapping. */
  constructor(
    private readonly source: TableSource,
    private readonly mapping: Mapping,
    private readonly tables: Readonly<Record<string, string>>,
  ) {}

  /** Looks up all that the records need; a row found may say which other one is needed. */
  async gather(records: readonly unknown[]): Promise<void> {
    for (;;) {
      const wanted = new Map<string, JoinedName>();
      for (const record of records)
        for (const name of this.mapping.joinsOf(record, this))
          if (!this.found.has(textOf(name))) wanted.set(textOf(name), name);
      if (wanted.size === 0) return;
      for (const name of wanted.keys()) this.found.set(name, null);
      for (const [input, table] of Object.entries(this.tables))
        await this.fetch(
          input,
          table,
          [...wanted.values()].filter((name) => name.input === input),
        );
    }
  }

  /** @throws Unmappable where several rows have the key: which of them is meant cannot be told. */
  find(name: RowName): Fields | null {
    const row = this.found.get(textOf(name)) ?? null;
    if (row !== 'several') return row?.fields ?? null;
    const hint = 'correct the "key" of the input, or give it a "version"';
    const expected = `one row of ${name.input} known by ${JSON.stringify(name.key)}`;
    throw new Unmappable({ field: '', expected, got: 'several', hint });
  }

  /** What the record is joined to, to be compared with what it was: null for a row that is not there. */
  of(record: unknown): unknown[] {
    return this.mapping.joinsOf(record, this).map((name) => this.found.get(textOf(name)) ?? null);
  }

  private async fetch(input: string, table: string, names: readonly JoinedName[]): Promise<void> {
    const key = this.mapping.inputs.find(({ name }) => name === input)?.key;
    if (!key) return;
    for (let from = 0; from < names.length; from += KEYS_AT_ONCE) {
      const keys = names.slice(from, from + KEYS_AT_ONCE).map(({ values }) => values);
      for (const row of await this.source.byKey({ table, columns: key.fields, keys }))
        this.keep(this.mapping.toRemember({ [input]: row }));
    }
  }

  private keep(row: RememberedRow | null): void {
    if (row === null) return;
    const name = textOf(row);
    const known = this.found.get(name);
    // Databases find what is nearly the same, too: other capitals, blanks at the end.
    if (known === undefined || known === 'several') return;
    if (known === null || row.version > known.version) this.found.set(name, row);
    // Found for two keys that are nearly the same it is one row; two that say the same need not be told apart.
    else if (row.version === known.version && JSON.stringify(row) !== JSON.stringify(known))
      this.found.set(name, 'several');
  }
}

function textOf({ input, key }: RowName): string {
  return JSON.stringify([input, key]);
}
