import { ITEM_CLASSES, type RulesetDocument } from '@mingjian/contracts';

/** Label for a value that is not known. */
export const UNKNOWN = 'unknown';
/** Label for a value that is known but on no list: data must not create series. */
export const OTHER = 'other';

/** The closed lists that metric labels come from, read from the rulesets in force. */
export class LabelLists {
  readonly departments: readonly string[];
  readonly itemClasses: readonly string[] = [...ITEM_CLASSES, UNKNOWN];
  private readonly known: ReadonlySet<string>;

  constructor(rulesets: readonly RulesetDocument[]) {
    const codes = rulesets.flatMap((ruleset) => [
      ...Object.keys(ruleset.departments),
      ...Object.values(ruleset.items).flatMap((item) => item.department ?? []),
    ]);
    this.departments = [...new Set([...codes, OTHER, UNKNOWN])].sort();
    this.known = new Set(this.departments);
  }

  department(code: string | null): string {
    if (code === null) return UNKNOWN;
    return this.known.has(code) ? code : OTHER;
  }

  itemClass(code: string | null): string {
    return code ?? UNKNOWN;
  }
}
