/** 灯: the colours of a light, worst first. Grey (灰) means "not known", and not known is not green. */
export const LIGHTS = ['red', 'yellow', 'grey', 'green'] as const;
export type Light = (typeof LIGHTS)[number];

/** Kinds of case clocks (案件时钟). A step's clock is `step:<step code>`, its second run `step:<step code>#2`. */
export const CLOCK_KINDS = ['acceptance', 'promise', 'statutory', 'suspension', 'delivery', 'step'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** Why a light changed. `manual` and `appeal` are reserved for acts of people. */
export const LIGHT_CHANGE_REASONS = [
  'time',
  'event',
  'late_data',
  'calendar',
  'rule',
  'appeal',
  'manual',
] as const;
export type LightChangeReason = (typeof LIGHT_CHANGE_REASONS)[number];

export const FINDING_SEVERITIES = ['notice', 'warning', 'serious'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];
