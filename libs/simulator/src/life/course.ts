import { laxityOf } from '../city/city';
import { isCounterItem, type SimulatedItem } from '../city/items';
import { CHOSEN_RATE, type MisconductChoice, type MisconductKind } from '../misconduct';
import type { Random } from '../random';

/** What lawfully happens to a case besides its steps. */
export type Turn =
  'plain' | 'correction' | 'not-accepted' | 'withdrawn' | 'returned' | 'voided' | 'suspended' | 'extended';

/** What will become of a case, settled before its life is written. */
export interface Course {
  turn: Turn;
  misconduct: MisconductKind | null;
  /** Working time spent on the case, as a part of the promise; at most 1 where nothing goes wrong. */
  pace: number;
  online: boolean;
  refused: boolean;
  rated: boolean;
}

/** Out of 10,000 cases that take steps, in a department of mean laxity. */
const PERMIT_MISCONDUCT: readonly [MisconductKind, number][] = [
  ['over-promise', 210],
  ['over-statutory', 20],
  ['step-overdue', 170],
  ['acceptance-silent', 25],
  ['suspension-without-notice', 35],
  ['suspension-overrun', 35],
  ['suspension-never-resumed', 20],
  ['extension-without-approver', 20],
  ['extension-too-long', 15],
  ['delivery-overdue', 35],
  ['fabricated-steps', 80],
  ['end-before-start', 12],
  ['late-upload', 80],
  ['back-dated', 10],
  ['off-hours-work', 10],
  ['overtaken-step', 10],
  ['reopened', 10],
  ['filed-again', 10],
  ['suspension-just-before-due', 10],
  ['double-intake', 10],
];

/** Out of 10,000 cases at the counter. */
const COUNTER_MISCONDUCT: readonly [MisconductKind, number][] = [
  ['over-promise', 85],
  ['late-upload', 40],
];

const TURNS: readonly { turn: Turn; weight: number }[] = [
  { turn: 'plain', weight: 8_370 },
  { turn: 'correction', weight: 650 },
  { turn: 'not-accepted', weight: 220 },
  { turn: 'withdrawn', weight: 140 },
  { turn: 'returned', weight: 80 },
  { turn: 'voided', weight: 20 },
  { turn: 'suspended', weight: 420 },
  { turn: 'extended', weight: 100 },
];

/** Settles the course of a case. */
export function chooseCourse(item: SimulatedItem, choice: MisconductChoice, random: Random): Course {
  const counter = isCounterItem(item);
  const misconduct = chooseMisconduct(item, choice, random);
  return {
    misconduct,
    // One thing at a time: ground truth that overlaps could not be counted.
    turn: misconduct !== null || counter ? 'plain' : random.weighted(TURNS).turn,
    pace: choosePace(random),
    online: random.chance(counter ? 0.12 : 0.3),
    refused: !counter && random.chance(0.02),
    rated: random.chance(0.12) || misconduct === 'double-intake',
  };
}

function chooseMisconduct(
  item: SimulatedItem,
  choice: MisconductChoice,
  random: Random,
): MisconductKind | null {
  // One number whatever the choice: a clean city lives the life of the usual one without its misdeeds.
  let draw = random.next() * 10_000;
  if (choice === 'none') return null;
  const kinds = isCounterItem(item) ? COUNTER_MISCONDUCT : PERMIT_MISCONDUCT;
  if (choice !== 'usual') {
    const chosen = kinds.flatMap(([kind]) => (choice.includes(kind) && possible(kind, item) ? [kind] : []));
    return chosen[Math.floor((draw / 10_000 / CHOSEN_RATE) * chosen.length)] ?? null;
  }
  for (const [kind, rate] of kinds) {
    draw -= rate * laxityOf(item.department);
    if (draw < 0) return possible(kind, item) ? kind : null;
  }
  return null;
}

/**
 * A step can be late inside a promise, and a suspension come late in it, only where the promise leaves room; what is
 * forwarded is not decided here.
 */
function possible(kind: MisconductKind, item: SimulatedItem): boolean {
  switch (kind) {
    case 'step-overdue':
      return item.promiseDays >= 5;
    case 'filed-again':
    case 'suspension-just-before-due':
      return item.promiseDays >= 3 && item.itemClass !== 'forwarded';
    case 'back-dated':
    case 'reopened':
    case 'double-intake':
      return item.itemClass !== 'forwarded';
    case 'overtaken-step':
      // 联办: its steps go on beside each other, and none reviews another.
      return item.itemClass !== 'joint';
    default:
      return true;
  }
}

/** Most cases are early; one in ten takes the promise nearly whole, and shows yellow on its last day. */
function choosePace(random: Random): number {
  const draw = random.next();
  if (draw < 0.62) return random.between(0.1, 0.55);
  if (draw < 0.9) return random.between(0.55, 0.82);
  return random.between(0.85, 0.99);
}
