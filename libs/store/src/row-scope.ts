/** A condition of a WHERE clause with its values. */
export interface ScopeCondition {
  sql: string;
  parameters: readonly string[];
}

/**
 * Which departments' rows somebody may read. Queries for people take one and put {@link condition} into their statement:
 * who forgets it does not compile. A row without a department belongs to none and is seen only by who sees everything.
 */
export class RowScope {
  private constructor(private readonly codes: ReadonlySet<string> | null) {}

  /** Every row: inspection offices of the whole site, the daemon itself, the command line. */
  static readonly everything = new RowScope(null);

  /** The rows of these departments; of none when the list is empty. */
  static ofDepartments(codes: readonly string[]): RowScope {
    return new RowScope(new Set(codes));
  }

  get isEverything(): boolean {
    return this.codes === null;
  }

  /** Codes of the departments, in order; null for everything. */
  get departments(): readonly string[] | null {
    return this.codes === null ? null : [...this.codes].sort();
  }

  /** Whether a row of this department may be read. */
  covers(department: string | null): boolean {
    return this.codes === null || (department !== null && this.codes.has(department));
  }

  /** The condition that lets through these rows alone. `column` is a name in our SQL, never input. */
  condition(column = 'department'): ScopeCondition {
    if (this.codes === null) return { sql: '1 = 1', parameters: [] };
    const parameters = this.departments ?? [];
    if (parameters.length === 0) return { sql: '1 = 0', parameters };
    return { sql: `${column} IN (${parameters.map(() => '?').join(', ')})`, parameters };
  }
}
