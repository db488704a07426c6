import { CLOCK_KINDS, type ClockKind } from '@mingjian/contracts';

/** The kind of a clock by its name: `step:review#2` is a step, `suspension#1` a suspension. */
export function clockKindOf(clock: string): ClockKind {
  const name = clock.split(/[:#]/)[0];
  return CLOCK_KINDS.find((kind) => kind === name) ?? 'step';
}
