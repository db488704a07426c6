import type { ClockKind, Light } from '@mingjian/contracts';

/** How much a light weighs: red over yellow over grey over green. Not known is worse than known to be well. */
export const WEIGHT: Record<Light, number> = { red: 3, yellow: 2, grey: 1, green: 0 };

/** Among clocks of one light the case names the one that comes first here. */
export const KIND_ORDER: Record<ClockKind, number> = {
  promise: 0,
  statutory: 1,
  acceptance: 2,
  suspension: 3,
  delivery: 4,
  step: 5,
};

export function worse(a: Light, b: Light): Light {
  return WEIGHT[a] >= WEIGHT[b] ? a : b;
}
