import type { RowName } from '../compile-event';
import type { RowLookup } from '../compile-input';
import type { RememberedRow } from '../mapping';
import type { Fields } from '../record-fields';

/** The rows that others are joined to, for one run alone: the newest version of a row counts, whichever comes first. */
export class RowsInMemory implements RowLookup {
  private readonly rows = new Map<string, RememberedRow>();

  remember(rows: readonly RememberedRow[]): void {
    for (const row of rows) {
      const known = this.rows.get(nameOf(row));
      if (known === undefined || row.version >= known.version) this.rows.set(nameOf(row), row);
    }
  }

  find(row: RowName): Fields | null {
    return this.rows.get(nameOf(row))?.fields ?? null;
  }
}

function nameOf({ input, key }: RowName): string {
  return JSON.stringify([input, key]);
}
