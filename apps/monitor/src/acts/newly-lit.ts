import type { ActEvent, AppealRecord, RatingAppealRecord } from '@mingjian/contracts';
import type { ActLightChange } from '@mingjian/rules';

/** A light of a matter's clock, as it stands in the list of its events. */
export type Lit = { type: 'lit' } & ActLightChange;

/** Names a light among those of its matter. */
export function keyOfLit({ clock, becameAt, to }: Pick<Lit, 'clock' | 'becameAt' | 'to'>): string {
  return `lit/${clock}/${becameAt}/${to}`;
}

/** Of the changes that time has brought to a matter, those that do not stand on record yet: each stands there once. */
export function newlyLit(
  events: readonly ActEvent<AppealRecord | RatingAppealRecord>[],
  changes: readonly ActLightChange[],
): Lit[] {
  const known = new Set(events.map(({ act }) => (act.type === 'lit' ? keyOfLit(act) : null)));
  return changes
    .filter((change) => !known.has(keyOfLit(change)))
    .map((change) => ({ type: 'lit', ...change }));
}
