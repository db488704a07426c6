import type { Light, RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import { judgeCase } from '../judge-case';
import { verdictAt } from '../light/verdict-at';
import type { CaseTracks } from '../verdict';
import type { RuleBook } from './rule-book';

/** A light of a case, from an instant (epoch ms) on until the next one. */
export interface CaseLight {
  /** When it became true; never before the first instant asked for. */
  from: number;
  light: Light;
  /** The clock that decides it; null where none does. */
  clock: string | null;
  dueAt: number | null;
  /** Worst light of the steps, which do not colour the case. */
  stepLight: Light;
}

/** A case that would have had other lights. */
export interface ChangedCase {
  caseNo: string;
  department: string | null;
  item: string | null;
  before: CaseLight[];
  after: CaseLight[];
}

/** Cases that had a light at any time in question, under the one book and under the other. */
export interface LightCounts {
  before: number;
  after: number;
}

export interface BacktestGroup {
  /** Code of the department or item; null where the record names none. */
  code: string | null;
  cases: number;
  changed: number;
  red: LightCounts;
  yellow: LightCounts;
  grey: LightCounts;
}

export interface Backtest {
  changed: ChangedCase[];
  byDepartment: BacktestGroup[];
  byItem: BacktestGroup[];
  /** All cases that were open at some time in question; its code is null. */
  total: BacktestGroup;
}

/**
 * What other rules would have done: each case is judged under both books with what had happened by `until`, and its
 * lights from `since` to `until` (epoch ms, both included) are compared: the light of the case, the worst light of its
 * steps, and when each came on. Which of two clocks gives the same light makes no difference.
 *
 * Guarantees: pure; sends and writes nothing. A case that was closed before `since` under both books is left out.
 * Does not guarantee what officials would have done under other limits: the record is taken as it is.
 */
export function backtest(
  cases: ReadonlyMap<string, readonly TimelineEvent[]>,
  before: RuleBook,
  after: RuleBook,
  since: number,
  until: number,
): Backtest {
  const changed: ChangedCase[] = [];
  const departments = new Map<string | null, BacktestGroup>();
  const items = new Map<string | null, BacktestGroup>();
  const total = emptyGroup(null);
  for (const caseNo of [...cases.keys()].sort()) {
    const events = happenedBy(cases.get(caseNo)!, until);
    const began = firstInstant(events);
    if (began === null) continue;
    const old = judgeCase(caseNo, events, before);
    const other = judgeCase(caseNo, events, after);
    if (wasClosed(old, since) && wasClosed(other, since)) continue;
    const [oldLights, otherLights] = [old, other].map((tracks) =>
      caseLights(tracks, Math.max(since, began), until),
    ) as [CaseLight[], CaseLight[]];
    const department = old.department ?? other.department;
    const item = old.itemCode;
    const isChanged = !sameLights(oldLights, otherLights);
    if (isChanged) changed.push({ caseNo, department, item, before: oldLights, after: otherLights });
    for (const group of [total, groupOf(departments, department), groupOf(items, item)])
      count(group, isChanged, oldLights, otherLights);
  }
  return { changed, byDepartment: inOrder(departments), byItem: inOrder(items), total };
}

/** A ruleset as if it had been in force for ever: what a draft would have done to cases of the past. */
export function asIfAlwaysInForce(document: RulesetDocument): RulesetDocument {
  return { ...document, inForceFrom: '1900-01-01' };
}

/** What had happened by an instant. Retractions count whenever they came: they say what was never true. */
export function happenedBy(events: readonly TimelineEvent[], until: number): TimelineEvent[] {
  return events.filter((event) => event.occurredAt <= until || event.type === 'event.retracted');
}

function firstInstant(events: readonly TimelineEvent[]): number | null {
  let first: number | null = null;
  for (const { type, occurredAt } of events)
    if (type !== 'event.retracted' && (first === null || occurredAt < first)) first = occurredAt;
  return first;
}

function wasClosed({ closedAt }: CaseTracks, at: number): boolean {
  return closedAt !== null && closedAt < at;
}

/** The lights of a case between two instants, in order, each once. */
function caseLights(tracks: CaseTracks, from: number, until: number): CaseLight[] {
  const instants = new Set([from]);
  for (const { spans } of tracks.clocks)
    for (const span of spans) if (span.from > from && span.from <= until) instants.add(span.from);
  const lights: CaseLight[] = [];
  for (const at of [...instants].sort((a, b) => a - b)) {
    const { light, clock, dueAt, stepLight } = verdictAt(tracks, at);
    const last = lights[lights.length - 1];
    if (last?.light !== light || last.stepLight !== stepLight)
      lights.push({ from: at, light, clock, dueAt, stepLight });
  }
  return lights;
}

function sameLights(a: readonly CaseLight[], b: readonly CaseLight[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ from, light, stepLight }, index) => {
      const other = b[index]!;
      return from === other.from && light === other.light && stepLight === other.stepLight;
    })
  );
}

function emptyGroup(code: string | null): BacktestGroup {
  const none = (): LightCounts => ({ before: 0, after: 0 });
  return { code, cases: 0, changed: 0, red: none(), yellow: none(), grey: none() };
}

function groupOf(groups: Map<string | null, BacktestGroup>, code: string | null): BacktestGroup {
  let group = groups.get(code);
  if (!group) groups.set(code, (group = emptyGroup(code)));
  return group;
}

function count(
  group: BacktestGroup,
  isChanged: boolean,
  before: readonly CaseLight[],
  after: readonly CaseLight[],
): void {
  group.cases++;
  if (isChanged) group.changed++;
  for (const colour of ['red', 'yellow', 'grey'] as const) {
    if (before.some(({ light }) => light === colour)) group[colour].before++;
    if (after.some(({ light }) => light === colour)) group[colour].after++;
  }
}

function inOrder(groups: ReadonlyMap<string | null, BacktestGroup>): BacktestGroup[] {
  return [...groups.values()].sort((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
}
