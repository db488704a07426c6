import type { ItemClass, Light, Recipient } from '@mingjian/contracts';
import type { CompiledRuleset } from './compile-rules';

const OF_YELLOW: readonly Recipient[] = ['post', 'department-head'];
const OF_RED: readonly Recipient[] = ['post', 'department-head', 'supervisor', 'inspection-office'];
const NOBODY: readonly Recipient[] = [];

/**
 * Who is told of a light: as the item's class says, else the site's switches, else post and head of the department of
 * yellow and everybody of red. Nobody is told of green and of grey. Which department that is a light change says itself.
 * @see a local rule: `classes.CLASS.recipients`, `switches.recipients`
 */
export function recipientsOf(
  { document }: Pick<CompiledRuleset, 'document'>,
  itemClass: ItemClass | null,
  light: Light,
): readonly Recipient[] {
  if (light !== 'yellow' && light !== 'red') return NOBODY;
  const ofClass = itemClass === null ? undefined : document.classes[itemClass]?.recipients?.[light];
  return ofClass ?? document.switches.recipients[light] ?? (light === 'red' ? OF_RED : OF_YELLOW);
}
