import { SECONDS_PER_WORKING_DAY as DAY } from '../city/city-hours';
import type { SimulatedItem } from '../city/items';
import type { Random } from '../random';
import type { Course } from './course';

/** Opening seconds that each part of the work takes. */
export interface WorkPlan {
  idle: number;
  handle: number;
  review: number;
  approve: number;
  conclude: number;
}

/**
 * Shares of the time spent. The step limits of the demonstration ruleset are half, a quarter and a fifth of the
 * promise, rounded up to days, so that a case in time has its steps in time unless something is made to go wrong.
 */
export function planWork(item: SimulatedItem, course: Course, random: Random): WorkPlan {
  const total = course.pace * item.promiseDays * DAY;
  const plan: WorkPlan = {
    idle: total * 0.08,
    handle: total * random.between(0.38, 0.5),
    review: total * random.between(0.18, 0.23),
    approve: total * random.between(0.12, 0.15),
    conclude: Math.min(total * 0.04, DAY / 2),
  };
  const spent = plan.idle + plan.handle + plan.review + plan.approve + plan.conclude;
  switch (course.misconduct) {
    case 'over-promise':
    case 'back-dated':
      lengthenOneStep(plan, lateDays(item, random) * DAY - spent, random);
      break;
    case 'over-statutory':
      lengthenOneStep(plan, (item.statutoryDays + 1 + random.between(0, 8)) * DAY - spent, random);
      break;
    case 'suspension-just-before-due':
      // What is left to do after the suspension is done in the little time that is left.
      [plan.review, plan.approve, plan.conclude] = [0.004 * total, 0.003 * total, 0.001 * total];
      break;
    case 'step-overdue':
      makeOneStepLate(plan, item, random);
      break;
    default:
      break;
  }
  return plan;
}

/** Over the promise for certain (the day of acceptance does not count), yet inside the statutory limit. */
function lateDays(item: SimulatedItem, random: Random): number {
  const first = item.promiseDays + 1;
  return Math.min(first + random.between(0, 4) ** 1.3, item.statutoryDays - 0.5);
}

function lengthenOneStep(plan: WorkPlan, seconds: number, random: Random): void {
  plan[random.pick(['handle', 'handle', 'review', 'approve'] as const)] += seconds;
}

/** The review takes over its limit, the rest is quick: the case itself stays inside its promise. */
function makeOneStepLate(plan: WorkPlan, item: SimulatedItem, random: Random): void {
  const limitDays = Math.ceil(item.promiseDays * 0.25);
  plan.idle = 0.02 * DAY;
  plan.handle = random.between(0.2, 0.5) * DAY;
  plan.review = (limitDays + 1 + random.between(0, 0.6)) * DAY;
  plan.approve = random.between(0.1, 0.4) * DAY;
  plan.conclude = 0.05 * DAY;
}
