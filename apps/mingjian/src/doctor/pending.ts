import { MIGRATIONS } from '@mingjian/store';
import { Unwell } from './check';

/**
 * How tables stand to this version, as the end of a line.
 * @throws Unwell where a newer version has been at work.
 */
export function pendingText(done: readonly string[]): string {
  const known = MIGRATIONS.map(({ name }) => name);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0)
    throw new Unwell(
      `tables of a newer version: ${newer.join(', ')}`,
      'install that version; docs/upgrade.md says how to go back',
    );
  const pending = known.filter((name) => !done.includes(name)).length;
  return pending === 0 ? '' : `, ${pending} changes of tables at the next start`;
}
