import { BadInputError } from '@mingjian/contracts';
import { addSums, noSums, type FigureSums } from '@mingjian/rules';
import {
  bulletinFile,
  lightsSince,
  RowScope,
  type BulletinRow,
  type LightSince,
  type Queryable,
} from '@mingjian/store';
import { monthFigures, type FigureSources, type MonthFigures } from '../bulletin-figures';
import { boundsOf } from '../report-months';
import { changedFacts, type ChangedFact } from './changed-facts';
import type { ChangeCause } from './fact-then-and-now';
import { changedSums, sumsOfFact, type SumChange } from './sums-of-fact';

/** A sum of the whole that is another now, and how much of that the listed cases account for. */
export interface ExplainedChange extends SumChange {
  explained: number;
}

/** A case that counts otherwise than it did when the bulletin was made. */
export interface CaseSince {
  caseNo: string;
  department: string | null;
  because: ChangeCause[];
  changes: SumChange[];
}

/** What a unit scored in the bulletin and scores now; null: it had, or has, no total. */
export interface ScoreSince {
  department: string;
  departmentName: string;
  then: number | null;
  now: number | null;
  lines: { name: string; then: number; now: number }[];
}

/** 通报发布后的变化: a monthly bulletin as it was published beside what the rows say of that month now. */
export interface BulletinSince {
  bulletin: Pick<BulletinRow, 'id' | 'no' | 'title' | 'period' | 'department'>;
  /** Epoch ms. */
  madeAt: number;
  comparedAt: number;
  isSame: boolean;
  total: ExplainedChange[];
  /** 便民服务 counted then and now; null: the same, or not counted then. */
  services: { then: number; now: number } | null;
  departments: { department: string | null; name: string; changes: SumChange[] }[];
  cases: CaseSince[];
  /** Lights of the month that were written later, or no longer hold. */
  lights: LightSince[];
  complaints: {
    kind: string;
    what: 'registered' | 'valid' | 'ended' | 'repeated';
    then: number;
    now: number;
  }[];
  scores: ScoreSince[];
}

/**
 * Holds an archived bulletin against the rows of now: what was published never changes, what it was made from may. Every case that
 * makes a difference is named with its cause; what the cases do not account for can be seen (`explained`).
 * @throws BadInputError for a bulletin that is not made yet, or of a day
 */
export async function bulletinSince(
  sources: FigureSources,
  bulletin: BulletinRow,
  at: number,
): Promise<BulletinSince> {
  const { from, rules } = sources;
  const then = await publishedFigures(from, bulletin);
  const { period: month, department, madeAt } = bulletin;
  const scope = department === null ? RowScope.everything : RowScope.ofDepartments([department]);
  const now = await monthFigures(sources, { month, now: at, scope });
  const { book } = rules;
  const span = { month, ...boundsOf(month, book.newest.calendar), knownAt: madeAt, at };
  const cases = (await changedFacts(from, book, span)).flatMap((fact) => caseSince(fact, month, scope));
  const lights = await lightsSince(from, span, scope);
  const total = explainedBy(cases, changedSums(then.departments.total.sums, now.departments.total.sums));
  const services = servicesSince(then, now);
  const departments = departmentsSince(then, now);
  const complaints = complaintsSince(then, now);
  const scores = scoresSince(then, now);
  const { id, no, title } = bulletin;
  return {
    ...{ bulletin: { id, no, title, period: month, department }, madeAt, comparedAt: at },
    isSame:
      services === null &&
      [total, departments, cases, lights, complaints, scores].every(({ length }) => length === 0),
    ...{ total, services, departments, cases, lights, complaints, scores },
  };
}

async function publishedFigures(from: Queryable, bulletin: BulletinRow): Promise<MonthFigures> {
  const file = bulletin.kind === 'monthly' ? await bulletinFile(from, bulletin.id, 'json') : null;
  if (file !== null) return (JSON.parse(file.toString()) as { figures: MonthFigures }).figures;
  throw new BadInputError([
    {
      place: `bulletin ${bulletin.id}`,
      field: 'kind',
      expected: 'a monthly bulletin that is made',
      got: `a ${bulletin.kind} bulletin, ${bulletin.state}`,
      hint: 'a day is not compared: its figures stand in the bulletin of the month',
    },
  ]);
}

/** None where the case belongs to departments that the bulletin is not about, then and now. */
function caseSince({ caseNo, then, now, because }: ChangedFact, month: string, scope: RowScope): CaseSince[] {
  const seen = (fact: ChangedFact['then']): ChangedFact['then'] =>
    fact !== null && scope.covers(fact.department) ? fact : null;
  const [before, after] = [seen(then), seen(now)];
  if (before === null && after === null) return [];
  const sums = sumsOfFact(after, month);
  if (because.includes('appeal')) sums.upheld = 1;
  const changes = changedSums(sumsOfFact(before, month), sums);
  const { department } = (after ?? before)!;
  const isMoved = before?.department !== after?.department;
  return changes.length === 0 && !isMoved ? [] : [{ caseNo, department, because, changes }];
}

function explainedBy(cases: readonly CaseSince[], changes: readonly SumChange[]): ExplainedChange[] {
  const deltas = cases.reduce<FigureSums>((sum, one) => {
    const delta = noSums();
    for (const { name, then, now } of one.changes) delta[name] = now - then;
    return addSums(sum, delta);
  }, noSums());
  return changes.map((change) => ({ ...change, explained: deltas[change.name] }));
}

function servicesSince(then: MonthFigures, now: MonthFigures): BulletinSince['services'] {
  // Bulletins of older releases know no such count.
  const before = (then.departments.total as Partial<MonthFigures['departments']['total']>).services;
  const after = now.departments.total.services;
  return before === undefined || before === after ? null : { then: before, now: after };
}

function departmentsSince(then: MonthFigures, now: MonthFigures): BulletinSince['departments'] {
  const before = new Map(then.departments.lines.map((line) => [line.key, line]));
  const after = new Map(now.departments.lines.map((line) => [line.key, line]));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const changes = changedSums(was?.sums ?? noSums(), is?.sums ?? noSums());
    return changes.length === 0 ? [] : [{ department: key, name: (is ?? was)!.name, changes }];
  });
}

function complaintsSince(then: MonthFigures, now: MonthFigures): BulletinSince['complaints'] {
  const kinds = new Set([...then.complaints, ...now.complaints].map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const of = (figures: MonthFigures) => figures.complaints.find((one) => one.kind === kind);
    return (['registered', 'valid', 'ended', 'repeated'] as const).flatMap((what) => {
      const [was, is] = [of(then)?.[what] ?? 0, of(now)?.[what] ?? 0];
      return was === is ? [] : [{ kind, what, then: was, now: is }];
    });
  });
}

function scoresSince(then: MonthFigures, now: MonthFigures): ScoreSince[] {
  if (then.scores === null || now.scores === null) return [];
  const before = new Map(then.scores.units.map((unit) => [unit.department, unit]));
  return now.scores.units.flatMap((unit) => {
    const was = before.get(unit.department);
    if (was === undefined) return [];
    const lines = unit.lines.flatMap(({ id, name, points }) => {
      const earlier = was.lines.find((line) => line.id === id)?.points ?? 0;
      return earlier === points ? [] : [{ name, then: earlier, now: points }];
    });
    if (lines.length === 0 && was.total === unit.total) return [];
    const { department, departmentName } = unit;
    return [{ department, departmentName, then: was.total, now: unit.total, lines }];
  });
}
