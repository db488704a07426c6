import type { TimelineEvent } from '@mingjian/contracts';
import { weekdayOf } from '../calendar/local-date';
import { attributeDelay } from '../explain/attribute-delay';
import type { JudgedCase } from '../judge-case';
import { judgeInDetail } from '../judge-case';
import { clockAt } from '../light/verdict-at';
import type { ChangedCase, LightCounts } from './backtest';
import { backtest, happenedBy } from './backtest';
import { nearestRank } from './nearest-rank';
import type { PromiseForRate } from './promise-for-red-rate';
import { promiseForRedRate } from './promise-for-red-rate';
import type { RuleBook } from './rule-book';
import { withPromise } from './with-promise';

/** The share of cases that a promise is meant to be kept in. */
export const KEPT_SHARE = 0.9;
/** The rest, written out: 1 - 0.9 is less than a tenth. */
const LATE_SHARE = 0.1;

/** Working time (ms) of one step on the critical paths of the cases that have it there. */
export interface StepTime {
  /** Null: waiting between steps. */
  step: string | null;
  name: string | null;
  cases: number;
  /** Of all these cases together. */
  totalMs: number;
  medianMs: number;
  /** Not exceeded by 90 % of the cases. */
  ninetiethMs: number;
}

export interface WhatIf {
  item: string;
  /** The other promise, ruleset notation. */
  promise: string;
  /** Cases of the item that were open at some time in question. */
  cases: number;
  /** Of these, red at some time in question. */
  red: LightCounts;
  /** Those that would have had other lights. */
  changed: ChangedCase[];
  /** The shortest promise in working days that {@link KEPT_SHARE} of the cases keep as they are. */
  shortest: PromiseForRate;
  /** How many cases fall due on each weekday, Monday first: the last due instant of the promise by `until`. */
  dueByWeekday: { before: number[]; after: number[] };
  /** The one that takes most of the working time of all these cases first: one case that stood still is not the rule. */
  steps: StepTime[];
  /**
   * By how much working time (ms) the longest step must shrink in each case, to nothing at most, for {@link KEPT_SHARE}
   * of the cases that have ended to keep the other promise; null where there is no such step, or it is not enough.
   */
  longest: { step: string; name: string | null; shorterMs: number | null } | null;
}

/**
 * What another promise of one item would have done to its recorded cases, and which step must shrink for it to be kept. The
 * lights are those of {@link backtest} from `since` to `until` (epoch ms, both included).
 *
 * Guarantees: pure; sends and writes nothing. Does not guarantee what officials would have done under another promise:
 * the record is taken as it is.
 * @throws RangeError when no version of the ruleset has the item.
 */
export function whatIf(
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
  book: RuleBook,
  item: string,
  promise: string,
  since: number,
  until: number,
): WhatIf {
  if (!book.rulesets.some(({ items }) => items.has(item)))
    throw new RangeError(`no version of ruleset ${book.newest.ruleset.id} has item "${item}"`);
  const other = withPromise(book, item, promise);
  const dueByWeekday = { before: noneOfWeek(), after: noneOfWeek() };
  const ofItem = new Map<string, readonly TimelineEvent[]>();
  const lives: Life[] = [];
  for (const [caseNo, events] of cases) {
    const known = happenedBy(events, until);
    if (known.length === 0) continue;
    const now = judgeInDetail(caseNo, known, book);
    if (now.tracks.itemCode !== item) continue;
    if (now.tracks.closedAt !== null && now.tracks.closedAt < since) continue;
    ofItem.set(caseNo, events);
    const then = judgeInDetail(caseNo, known, other);
    countDue(dueByWeekday.before, now, until);
    countDue(dueByWeekday.after, then, until);
    const life = lifeOf(now, then);
    if (life !== null) lives.push(life);
  }
  const { total, changed } = backtest(ofItem, book, other, since, until);
  const steps = stepTimes(lives);
  return {
    item,
    promise,
    cases: total.cases,
    red: total.red,
    changed,
    shortest: promiseForRedRate(ofItem, book, item, LATE_SHARE, until),
    dueByWeekday,
    steps,
    longest: longestOf(steps, lives),
  };
}

/** A case that has ended: where its working time went, and how much of it lay beyond the other promise. */
interface Life {
  byStep: Map<string | null, { name: string | null; usedMs: number }>;
  lateMs: number;
}

function noneOfWeek(): number[] {
  return [0, 0, 0, 0, 0, 0, 0];
}

function countDue(week: number[], judged: JudgedCase, until: number): void {
  const track = judged.tracks.clocks.find(({ kind }) => kind === 'promise');
  const due = track === undefined ? null : (clockAt(track, until)?.dueAt ?? null);
  if (due !== null) week[weekdayOf(judged.rules.calendar.dayOf(due))]!++;
}

/** @returns null for a case that has not ended, or whose other promise nobody can measure. */
function lifeOf(now: JudgedCase, then: JudgedCase): Life | null {
  const promise = then.tracks.clocks.find(({ kind }) => kind === 'promise');
  const endedAt = now.tracks.endedAt;
  if (promise === undefined || promise.unknownBecause !== null || endedAt === null) return null;
  const due = clockAt(promise, endedAt)?.dueAt ?? null;
  if (due === null) return null;
  const byStep: Life['byStep'] = new Map();
  for (const { step, name, usedMs } of attributeDelay(now, endedAt)?.path ?? [])
    byStep.set(step, { name, usedMs: (byStep.get(step)?.usedMs ?? 0) + usedMs });
  // Measured by the calendar that measures the path. Late on a day off is late by no working time, and yet late.
  const lateMs = endedAt <= due ? 0 : Math.max(1, now.rules.calendar.elapsedMs(due, endedAt));
  return { byStep, lateMs };
}

function stepTimes(lives: readonly Life[]): StepTime[] {
  const steps = new Map<string | null, { name: string | null; used: number[] }>();
  for (const { byStep } of lives)
    for (const [step, { name, usedMs }] of byStep) {
      const times = steps.get(step);
      if (times) times.used.push(usedMs);
      else steps.set(step, { name, used: [usedMs] });
    }
  const times = [...steps].map(([step, { name, used }]): StepTime => {
    used.sort((a, b) => a - b);
    const [medianMs, ninetiethMs] = [nearestRank(used, 0.5)!, nearestRank(used, 0.9)!];
    const totalMs = used.reduce((sum, ms) => sum + ms, 0);
    return { step, name, cases: used.length, totalMs, medianMs, ninetiethMs };
  });
  return times.sort((a, b) => b.totalMs - a.totalMs || ((a.step ?? '') < (b.step ?? '') ? -1 : 1));
}

/** The longest step that somebody does: waiting is none. */
function longestOf(steps: readonly StepTime[], lives: readonly Life[]): WhatIf['longest'] {
  const longest = steps.find(({ step }) => step !== null);
  if (longest === undefined) return null;
  // A case that took longer than the promise and the whole step together is late whatever the step does.
  const needed = lives
    .map(({ byStep, lateMs }) => (lateMs <= (byStep.get(longest.step)?.usedMs ?? 0) ? lateMs : Infinity))
    .sort((a, b) => a - b);
  const shorterMs = nearestRank(needed, KEPT_SHARE)!;
  return { step: longest.step!, name: longest.name, shorterMs: shorterMs === Infinity ? null : shorterMs };
}
