import { ITEM_CLASSES, type RulesetDocument } from '@mingjian/contracts';

/** Label for a value that is not known. */
export const UNKNOWN = 'unknown';
/** Label for a value that is known but on no list: data must not create series. */
export const OTHER = 'other';

/** A department as the dashboards name it. */
export interface NamedDepartment {
  code: string;
  name: string;
  district?: string;
  hall?: string;
}

/** The closed lists that metric labels come from, read from the rulesets in force. */
export class LabelLists {
  readonly departments: readonly string[];
  /** The same departments with their names and places; of several rulesets the newest one names them. */
  readonly directory: readonly NamedDepartment[];
  readonly itemClasses: readonly string[] = [...ITEM_CLASSES, UNKNOWN];
  private readonly known: ReadonlySet<string>;

  constructor(rulesets: readonly RulesetDocument[]) {
    const codes = rulesets.flatMap((ruleset) => [
      ...Object.keys(ruleset.departments),
      ...Object.values(ruleset.items).flatMap((item) => item.department ?? []),
    ]);
    this.departments = [...new Set([...codes, OTHER, UNKNOWN])].sort();
    this.known = new Set(this.departments);
    const inOrder = [...rulesets].sort((a, b) => (a.inForceFrom < b.inForceFrom ? -1 : 1));
    const named = new Map(inOrder.flatMap((ruleset) => Object.entries(ruleset.departments)));
    const words: Readonly<Record<string, string>> = { [OTHER]: '其他部门', [UNKNOWN]: '部门不明' };
    this.directory = this.departments.map((code) => ({
      code,
      ...(named.get(code) ?? { name: words[code] ?? code }),
    }));
  }

  department(code: string | null): string {
    if (code === null) return UNKNOWN;
    return this.known.has(code) ? code : OTHER;
  }

  itemClass(code: string | null): string {
    return code ?? UNKNOWN;
  }
}
