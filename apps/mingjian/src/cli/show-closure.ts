import type { CalendarDay } from '@mingjian/contracts';
import { formatInstant } from '@mingjian/rules';
import type { Backtest, CaseImpact, Impact, MovedDue, Zone } from '@mingjian/rules';
import { backtestJson, backtestText } from './show-backtest';
import { entryInChinese } from './show-then-and-now';

/** What a closure does. */
export interface Closure {
  entry: CalendarDay;
  /** Working days that the place loses. */
  workingDays: number;
  /** The calendar's next version, where it is written 2026-1. */
  version: string | undefined;
  /** Null without events to hold it against. */
  effect: { at: number; impact: Impact; lights: Backtest } | null;
}

/** A closure in the form that other software reads; instants are RFC 3339 in the calendar's zone. */
export function closureJson(
  { entry, workingDays, version, effect }: Closure,
  written: string | null,
  zone: Zone,
): string {
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, zone);
  const moved = (list: readonly MovedDue[]) =>
    list.map((due) => ({ ...due, before: time(due.before), after: time(due.after) }));
  const impact = effect && {
    at: time(effect.at),
    open: effect.impact.open,
    changed: effect.impact.changed.map(({ caseNo, moved: dues, ...rest }) => ({
      case: caseNo,
      ...rest,
      moved: moved(dues),
    })),
    lights: backtestJson(effect.lights, zone),
  };
  return `${JSON.stringify({ entry, workingDays, version: version ?? null, impact, written })}\n`;
}

/** A closure for people: the entry, the open cases whose due instants move, the lights that are others. */
export function closureText(
  { entry, workingDays, version, effect }: Closure,
  written: string | null,
  zone: Zone,
): string {
  const lines = [
    `+ ${entryInChinese(entry)}`,
    `${workingDays} working days less at this place`,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(effect === null ? [] : effect.impact.changed.flatMap((impact) => caseLines(impact, zone))),
    ...(effect === null
      ? ['no cases asked about: add --events and --ruleset']
      : [
          `${effect.impact.changed.length} of ${effect.impact.open} open cases at ${formatInstant(effect.at, zone)} change`,
          `lights since the closure began:`,
          backtestText(effect.lights, zone).trimEnd(),
        ]),
    written === null ? 'nothing written: add --write' : `written to ${written}`,
  ];
  return `${lines.join('\n')}\n`;
}

function caseLines({ caseNo, department, item, before, after, moved }: CaseImpact, zone: Zone): string[] {
  const time = (instant: number | null): string =>
    instant === null ? 'none' : formatInstant(instant, zone).slice(0, 16).replace('T', ' ');
  const light = before === after ? before : `${before} → ${after}`;
  return [
    `${caseNo}  ${department ?? '?'}  ${item ?? '?'}  ${light}`,
    ...moved.map((due) => `  ${due.clock}  due ${time(due.before)} → ${time(due.after)}`),
  ];
}
