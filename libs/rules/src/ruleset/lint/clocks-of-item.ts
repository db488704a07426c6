import type { ClockRule, ItemRule } from '@mingjian/contracts';
import type { Limit } from '../../calendar';
import type { CompiledClockRule, Threshold } from '../compile-clock';
import type { CompiledItem, CompiledRuleset } from '../compile-rules';

/** The clock rules that an item may write, in the order of the procedure. */
const ITEM_CLOCKS = [
  'acceptance',
  'promise',
  'statutory',
  'forwarding',
  'inspection',
  'hearing',
  'hearingNotice',
  'delivery',
] as const;
export type ItemClock = (typeof ITEM_CLOCKS)[number];

/** What a clock's own rule says of its lights. */
export type OwnLights = Pick<ClockRule, 'yellowBefore' | 'redAfter' | 'issue'>;

/** One clock that cases of an item can have, with the lights that hold for it. */
export interface LintedClock {
  /** `other`: steps, renewal, and what is to be issued after silence. */
  name: ItemClock | 'other';
  /** Code of the item; null for a clock of the site. */
  item: string | null;
  /** Where the rule stands or, for a default, where it would. */
  path: readonly string[];
  isWritten: boolean;
  /** `carried`: the case brings its own. */
  limit: Limit | 'carried';
  yellowBefore: readonly Threshold[];
  /** Null: never red. */
  redAfter: Limit | null;
  /** What its own rule, or the default of its class, says; the rest comes from class or site. */
  own: OwnLights;
}

const NOTHING: OwnLights = {};

/** All clocks of a supervised item. Those of `none` and disabled ones are left out. */
export function clocksOfItem(ruleset: CompiledRuleset, item: CompiledItem): LintedClock[] {
  const written = ruleset.document.items[item.code]!;
  if (!item.isEnabled) return [];
  const clocks: LintedClock[] = [];
  const add = (
    name: LintedClock['name'],
    place: readonly string[],
    rule: CompiledClockRule | null | undefined,
    own: OwnLights,
  ): void => {
    if (!rule) return;
    const path = ['items', item.code, ...place];
    clocks.push({ ...linted(rule, path, own), name, item: item.code, isWritten: isIn(written, place) });
  };
  for (const name of ITEM_CLOCKS) add(name, [name], item[name], ownLights(ruleset, written, name));
  add('other', ['renewal'], item.renewal?.clock, NOTHING);
  add('other', ['renewal'], item.renewal?.issuance, NOTHING);
  add('other', ['silence', 'issueWithin'], item.silence?.issuance, NOTHING);
  for (const [code, step] of item.steps ?? []) {
    add('other', ['steps', code], step.rule, written.steps![code]!);
    add('other', ['steps', code, 'silence', 'issueWithin'], step.silence?.issuance, NOTHING);
  }
  return clocks;
}

/** The item's clock of that name, or null where it has none. */
export function clockNamed(clocks: readonly LintedClock[], name: ItemClock): LintedClock | null {
  return clocks.find((clock) => clock.name === name) ?? null;
}

/** The clock whose rule stands there, or null where there is none. */
export function clockAtPath(clocks: readonly LintedClock[], path: readonly string[]): LintedClock | null {
  return clocks.find((clock) => clock.path.join('\0') === path.join('\0')) ?? null;
}

/** A compiled clock of the site with the place of its rule. */
export function linted(
  { limit, yellowBefore, redAfter }: CompiledClockRule,
  path: readonly string[],
  own: OwnLights,
): LintedClock {
  return { name: 'other', item: null, path, isWritten: true, limit, yellowBefore, redAfter, own };
}

/** 即办件 and 便民服务 are handled while the applicant waits. */
export function isImmediate(item: Pick<ItemRule, 'class'>): boolean {
  return item.class === 'on-the-spot' || item.class === 'convenience';
}

function ownLights({ document }: CompiledRuleset, item: ItemRule, name: ItemClock): OwnLights {
  const rule = item[name];
  if (typeof rule === 'object') return rule as OwnLights;
  // The default promise of 即办件 has a threshold of its own, unless the class has one.
  const isOnTheSpot = name === 'promise' && rule === undefined && isImmediate(item);
  return isOnTheSpot && document.classes[item.class]?.yellowBefore === undefined
    ? { yellowBefore: ['1wh'] }
    : NOTHING;
}

/** Whether something stands there in the document of the item. */
function isIn(item: ItemRule, place: readonly string[]): boolean {
  let value: unknown = item;
  for (const key of place)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return value !== undefined;
}
