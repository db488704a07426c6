import type { StepEventData } from '@mingjian/contracts';
import { aCase, type CaseBuilder } from '../../libs/rules/src/testing/builders';
import type { Aspect, Patch } from './field-outcome';

/** A field of a ruleset and a small case whose outcome it changes. */
export interface FieldRow {
  /** As the schema names it, with `*` for any code. */
  field: string;
  /** What is written besides, before and after the change. */
  base: Patch;
  change: Patch;
  case: CaseBuilder;
  at: string;
  differs: Aspect;
}

export const START = '2026-09-14 10:00';
export const accepted = (data?: StepEventData): CaseBuilder => aCase('A').accepted(START, data);
const decided = (): CaseBuilder => aCase('A').accepted('2026-09-11 10:00').decided(START);
export const rated = (data: StepEventData): CaseBuilder => decided().event('case.rated', START, data);
const requested = (): CaseBuilder => accepted().event('hearing.requested', START);
const badlyRated = (): CaseBuilder => rated({ grade: 1, realName: true });

/** Clocks that start on Monday 14 September 2026 at 10:00; each case leaves the clock open. */
const CLOCKS: [string, () => CaseBuilder][] = [
  ['items.A.acceptance', () => aCase('A').submitted(START)],
  ['items.A.promise', accepted],
  ['items.A.statutory', accepted],
  ['items.A.forwarding', accepted],
  ['items.A.inspection', accepted],
  ['items.A.hearing', requested],
  ['items.A.hearingNotice', requested],
  ['items.A.delivery', decided],
  ['items.A.steps.a', () => accepted().stepStarted('a', START)],
  ['switches.ratings.contact', badlyRated],
  ['switches.ratings.rectification', badlyRated],
];

/** 5wd are due on the 20th, 3wd on the 17th; by the site's thresholds 5wd are yellow from the 18th. */
function rowsOfClock(path: string, make: () => CaseBuilder): FieldRow[] {
  const field = path.replace('.A.', '.*.').replace('steps.a', 'steps.*');
  const row = (name: string, at: string, from: Patch, to: Patch): FieldRow => {
    const under = (patch: Patch): Patch =>
      Object.fromEntries(Object.entries(patch).map(([key, value]) => [`${path}.${key}`, value]));
    const base = { ...under({ limit: '5wd' }), ...under(from) };
    return { field: `${field}.${name}`, base, change: under(to), case: make(), at, differs: 'verdict' };
  };
  const rows = [
    row('limit', '2026-09-18 10:00', {}, { limit: '3wd' }),
    row('yellowBefore', '2026-09-17 10:00', {}, { yellowBefore: ['3wd'] }),
    row('redAfter', '2026-09-21 10:00', {}, { redAfter: '2wd' }),
    row('enabled', '2026-09-15 10:00', { enabled: true }, { enabled: false }),
    row('issue', '2026-09-15 10:00', {}, { issue: 'confirmed' }),
  ];
  // A step is always written with its members.
  if (!path.includes('.steps.'))
    rows.push({ ...rows[0]!, field, base: { [path]: '5wd' }, change: { [path]: '3wd' } });
  return rows;
}

export const CLOCK_ROWS: FieldRow[] = CLOCKS.flatMap(([path, make]) => rowsOfClock(path, make));
