import type { Recipient } from '@mingjian/contracts';
import { recipientsOf, type CompiledRuleset } from '@mingjian/rules';
import type { NoticeRow } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';

/** What the rules say about a notice: names, the post that has a step in hand, and who is told of a light. */
export class RulesForNotices {
  constructor(private readonly rules: LoadedRuleBook) {}

  nameOfDepartment(code: string): string {
    return this.newestFirst((ruleset) => ruleset.document.departments[code]?.name) ?? code;
  }

  nameOfItem(code: string): string {
    return this.newestFirst((ruleset) => ruleset.document.items[code]?.name) ?? code;
  }

  /** Of a light: as the version says by which it was judged. Of anything else null: the notice says it, or the document. */
  rolesOf(notice: NoticeRow): readonly Recipient[] | null {
    if (notice.roles !== '') return notice.roles.split(',') as Recipient[];
    if (notice.kind !== 'light') return null;
    const { item, ruleset: version, light } = factsOf(notice);
    const ruleset =
      this.rules.book.rulesets.find((one) => one.version === version) ?? this.rules.book.newest.ruleset;
    const itemClass = item === undefined ? null : (ruleset.items.get(item)?.itemClass ?? null);
    return recipientsOf(ruleset, itemClass, light === 'red' ? 'red' : 'yellow');
  }

  /** The post that has it in hand: of the clock of a step, as the ruleset says. */
  postOf(notice: NoticeRow): string | null {
    if (notice.post !== null || notice.kind !== 'light') return notice.post;
    const { item, clock } = factsOf(notice);
    const step = /^step:([^#]+)/.exec(clock ?? '')?.[1];
    if (item === undefined || step === undefined) return null;
    return this.newestFirst((ruleset) => ruleset.document.items[item]?.steps?.[step]?.post) ?? null;
  }

  private newestFirst<T>(look: (ruleset: CompiledRuleset) => T | undefined): T | undefined {
    const { rulesets } = this.rules.book;
    for (let index = rulesets.length - 1; index >= 0; index--) {
      const found = look(rulesets[index]!);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function factsOf({ facts }: NoticeRow): Partial<Record<'item' | 'ruleset' | 'light' | 'clock', string>> {
  const values = JSON.parse(facts) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
}
