/** A number as documents write it: 1234, 98.2%, -9.09, and the dash for none. */
const FIGURE = /^(-?\d+(\.\d+)?%?|—)$/;

/** Whether a column holds figures alone: it is set flush right. A number of a case with its hyphens is none. */
export function isFigureColumn(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.length > 0 && rows.every((row) => FIGURE.test(row[column] ?? ''));
}
