import type { ClockKind, Light, TimelineEvent } from '@mingjian/contracts';
import { judgeCase } from '../judge-case';
import { verdictAt } from '../light/verdict-at';
import type { CaseVerdict } from '../verdict';
import { happenedBy } from './backtest';
import type { RuleBook } from './rule-book';

/** A due instant that another book moves; null where the clock is not there, or is held. */
export interface MovedDue {
  clock: string;
  kind: ClockKind;
  before: number | null;
  after: number | null;
}

/** An open case and what another book does to it. */
export interface CaseImpact {
  caseNo: string;
  department: string | null;
  item: string | null;
  before: Light;
  after: Light;
  moved: MovedDue[];
}

export interface Impact {
  /** Cases open at the instant, under the one book or the other. */
  open: number;
  /** Those with another light or another due instant, by case number. */
  changed: CaseImpact[];
}

/**
 * What another book (other rules, another calendar) does to the cases that are open at an instant (epoch ms): lights at
 * that instant, and due instants of clocks that have not finished. What it does to lights of the past is for the
 * back-test. Pure.
 */
export function impactOnOpenCases(
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
  before: RuleBook,
  after: RuleBook,
  at: number,
): Impact {
  const impact: Impact = { open: 0, changed: [] };
  for (const caseNo of [...cases.keys()].sort()) {
    const events = happenedBy(cases.get(caseNo)!, at);
    if (events.every(({ type }) => type === 'event.retracted')) continue;
    const tracks = judgeCase(caseNo, events, before);
    const [old, other] = [verdictAt(tracks, at), verdictAt(judgeCase(caseNo, events, after), at)];
    if (!old.open && !other.open) continue;
    impact.open++;
    const moved = movedDues(old, other);
    if (moved.length === 0 && old.light === other.light) continue;
    const { department, itemCode: item } = tracks;
    impact.changed.push({ caseNo, department, item, before: old.light, after: other.light, moved });
  }
  return impact;
}

function movedDues(before: CaseVerdict, after: CaseVerdict): MovedDue[] {
  const kinds = new Map<string, ClockKind>();
  for (const { clocks } of [before, after])
    for (const { clock, kind, finishedAt } of clocks) if (finishedAt === null) kinds.set(clock, kind);
  return [...kinds]
    .map(([clock, kind]) => ({ clock, kind, before: dueOf(before, clock), after: dueOf(after, clock) }))
    .filter((moved) => moved.before !== moved.after);
}

function dueOf({ clocks }: CaseVerdict, name: string): number | null {
  return clocks.find(({ clock }) => clock === name)?.dueAt ?? null;
}
