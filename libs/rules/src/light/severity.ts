import type { ClockKind, Light } from '@mingjian/contracts';

/** How much a light weighs: red over yellow over grey over green. Not known is worse than known to be well. */
export const WEIGHT: Record<Light, number> = { red: 3, yellow: 2, grey: 1, green: 0 };

/** Among clocks of one light the case names the one that comes first here. */
export const KIND_ORDER: Record<ClockKind, number> = {
  promise: 0,
  statutory: 1,
  forwarding: 2,
  renewal: 3,
  acceptance: 4,
  suspension: 5,
  inspection: 6,
  hearing: 7,
  'hearing-notice': 8,
  issuance: 9,
  delivery: 10,
  step: 11,
  'rating-contact': 12,
  rectification: 13,
};

export function worse(a: Light, b: Light): Light {
  return WEIGHT[a] >= WEIGHT[b] ? a : b;
}
