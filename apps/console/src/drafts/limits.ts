import type { Json } from './edit-document';

/** Units of limits and thresholds, as rulesets write them, with the word of each. Units are never guessed. */
export const UNIT_WORDS = {
  wd: 'workingDays',
  'wd@time': 'workingDaysToTheHour',
  wh: 'workingHours',
  d: 'days',
  h: 'hours',
  '%': 'percent',
} as const;
export type Unit = keyof typeof UNIT_WORDS;

/** What can stand in the place of a limit. */
export const SPECIALS = ['none', 'carried'] as const;
export type Special = (typeof SPECIALS)[number];

/** A limit taken apart for a form. `other`: written in a way that the form does not know; it is kept as it is. */
export type LimitParts =
  | { kind: 'left-out' }
  | { kind: Special }
  | { kind: 'amount'; amount: number; unit: Unit }
  | { kind: 'other'; text: string };

export function partsOf(value: Json | undefined): LimitParts {
  if (value === undefined) return { kind: 'left-out' };
  const special = SPECIALS.find((one) => one === value);
  if (special !== undefined) return { kind: special };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [, amount, unit = ''] = /^(\d+)(\D.*)$/.exec(text) ?? [];
  if (amount === undefined || !Object.hasOwn(UNIT_WORDS, unit)) return { kind: 'other', text };
  return { kind: 'amount', amount: Number(amount), unit: unit as Unit };
}
