import type { NoticeHoldReason } from '@mingjian/contracts';

/** Names what is released together; the instant stands in the name, so that all of it has one instant of delivery. */
export function bundleName(reason: NoticeHoldReason, releasedAt: number): string {
  return `${reason}-${releasedAt}`;
}

/** When the bundle was released, epoch milliseconds. */
export function bundleReleasedAt(bundle: string): number {
  return Number(bundle.slice(bundle.lastIndexOf('-') + 1));
}
