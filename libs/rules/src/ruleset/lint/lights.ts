import type { RulesetDocument } from '@mingjian/contracts';
import type { Limit } from '../../calendar';
import type { Threshold } from '../compile-clock';
import { threshold } from '../compile-clock';
import type { CompiledRuleset } from '../compile-rules';
import type { LintedClock, OwnLights } from './clocks-of-item';
import { linted } from './clocks-of-item';
import type { Report } from './lint-finding';
import type { StartDays } from './start-days';

/** What is wrong with the lights of single clocks that somebody wrote. */
export function lintLights(clocks: readonly LintedClock[], starts: StartDays, report: Report): void {
  for (const clock of clocks) {
    if (!clock.isWritten) continue;
    if (clock.redAfter === null && clock.yellowBefore.length === 0)
      report(
        'never-lit',
        clock.path,
        `this clock has neither a yellow threshold nor a red light: it is yellow only once it is over`,
        'add yellowBefore, or write none for no clock',
      );
    if (clock.limit === 'carried') continue;
    const { limit } = clock;
    const { yellowAt, redAt } = starts.lightsOf(limit, clock.yellowBefore, clock.redAfter);
    const isFromStart = yellowAt.every((at, index) => at === starts.starts[index]);
    // A limit of a day is yellow from the start by the usual threshold of one day: that is what it says.
    const isUsual = clock.own.yellowBefore === undefined && limit.unit.endsWith('day') && limit.amount <= 1;
    if (isFromStart && !isUsual)
      report(
        'yellow-from-start',
        clock.path,
        `the yellow threshold is not shorter than the limit ${limit.text}`,
        'shorten the threshold: a light that is always on warns nobody',
      );
    const isAfterRed = redAt.every((at, index) => at !== Infinity && yellowAt[index]! >= at);
    if (isAfterRed)
      report(
        'yellow-after-red',
        clock.path,
        `of ${limit.text} yellow comes on at red or later: nobody is warned`,
        clock.yellowBefore.length === 0
          ? 'add yellowBefore'
          : 'write a threshold that leaves time: a share below one whole day sets none',
      );
    else if (clock.own.yellowBefore !== undefined)
      lintThresholds([...clock.path, 'yellowBefore'], clock.own.yellowBefore, [limit], starts, report);
  }
}

/** Thresholds of the site and of classes, held against all limits that take them. */
export function lintSharedThresholds(
  { switches, classes, items }: RulesetDocument,
  clocks: readonly LintedClock[],
  starts: StartDays,
  report: Report,
): void {
  const classOf = (clock: LintedClock): string => items[clock.item!]!.class;
  const inheriting = clocks.filter((clock) => clock.own.yellowBefore === undefined);
  for (const [name, rule] of Object.entries(classes)) {
    if (rule.yellowBefore === undefined) continue;
    const takers = inheriting.filter((clock) => classOf(clock) === name);
    lintThresholds(['classes', name, 'yellowBefore'], rule.yellowBefore, limitsOf(takers), starts, report);
  }
  if (switches.yellowBefore.join() === USUAL) return;
  const takers = inheriting.filter(
    (clock) => classes[classOf(clock) as keyof typeof classes]?.yellowBefore === undefined,
  );
  lintThresholds(['switches', 'yellowBefore'], switches.yellowBefore, limitsOf(takers), starts, report);
}

/** The default of the site, which nobody wrote. */
const USUAL = '1wd,20%';

/** The limits that the rules know; what a case brings itself is not held against thresholds. */
function limitsOf(clocks: readonly LintedClock[]): Limit[] {
  const limits = new Map<string, Limit>();
  for (const { limit } of clocks) if (limit !== 'carried') limits.set(limit.text, limit);
  return [...limits.values()];
}

/** Thresholds of a list that are never the first to come on, whichever limit and start. */
function lintThresholds(
  path: readonly string[],
  written: readonly string[],
  limits: readonly Limit[],
  starts: StartDays,
  report: Report,
): void {
  if (limits.length === 0) return;
  const thresholds = written.map(threshold);
  written.forEach((text, index) => {
    if (limits.some((limit) => isEverFirst(index, thresholds, limit, starts))) return;
    report(
      'shadowed-threshold',
      [...path, String(index)],
      `the threshold ${text} is never the first of its list to come on${limits.length === 1 ? ` for ${limits[0]!.text}` : ''}`,
      'remove it, or shorten the others: yellow comes on at the earliest threshold',
    );
  });
}

function isEverFirst(
  index: number,
  thresholds: readonly Threshold[],
  limit: Limit,
  starts: StartDays,
): boolean {
  const yellow = thresholds.map((one) => starts.lightsOf(limit, [one], null).yellowAt);
  const dues = starts.duesOf(limit);
  return yellow[index]!.some(
    (at, start) =>
      at <= dues[start]! &&
      yellow.every((other, place) => (place < index ? at < other[start]! : at <= other[start]!)),
  );
}

/** 好差评: clocks of the answer to a bad rating, which the site may leave out. */
export function lintRatings({ ratings, document }: CompiledRuleset, starts: StartDays, report: Report): void {
  for (const name of ['contact', 'rectification'] as const) {
    const path = ['switches', 'ratings', name];
    const compiled = ratings[name];
    const rule = document.switches.ratings[name];
    if (compiled !== null && rule !== 'none')
      lintLights([linted(compiled, path, rule as OwnLights)], starts, report);
    else
      report(
        'rating-unanswered',
        path,
        name === 'contact'
          ? 'bad ratings with a real name are called back without a limit'
          : 'bad ratings are put right without a limit',
        name === 'contact' ? 'write contact: 1wd' : 'write rectification: 15wd, or the limit of the site',
      );
  }
}
