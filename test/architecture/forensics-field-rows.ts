import type { StepEventData } from '@mingjian/contracts';
import { aCase, at, type CaseBuilder } from '../../libs/rules/src/testing/builders';
import type { FieldRow } from './clock-field-rows';
import type { Patch } from './field-outcome';

const TAG = '无理由超过法定办理时间';
const APPLICANT = { applicant: '0123456789abcdef' };
const UNTIL = '2026-10-31 23:59';
const accepted = (): CaseBuilder => aCase('A').accepted('2026-09-14 10:17:31');
const decided = (when: string, data: StepEventData = {}): CaseBuilder =>
  accepted().event('case.decided', when, { result: 'granted', ...data });

/** Several cases in one record. */
function together(cases: readonly CaseBuilder[]): CaseBuilder {
  const all = aCase('A');
  for (const { events } of cases) all.events.push(...events);
  return all;
}

/** Each event is received so many hours after it happened. */
function received(made: CaseBuilder, hours: readonly number[]): CaseBuilder {
  for (const [index, event] of made.events.entries())
    event.receivedAt = event.occurredAt + (hours[index] ?? 0) * 3_600_000;
  return made;
}

/** One case after the other, each withdrawn at the end of its day and filed again on the next one but one. */
const filings = (times: readonly (readonly [from: string, to: string])[]): CaseBuilder =>
  together(
    times.map(([from, to], n) => aCase('A', `C-${n}`).accepted(from, APPLICANT).event('case.withdrawn', to)),
  );
const late = (): CaseBuilder =>
  filings([
    ['2026-09-07 10:00', '2026-09-15 10:00'],
    ['2026-09-17 10:00', '2026-09-18 10:00'],
  ]);
const minutesApart = (): CaseBuilder =>
  together(
    Array.from({ length: 12 }, (_, n) =>
      aCase('A', `C-${n}`)
        .accepted('2026-09-14 10:17:31')
        .event('case.decided', at('2026-09-15 16:01:17') + n * 60_000, {
          result: 'granted',
          officer: '0417',
        }),
    ),
  );
const inOrder = { 'items.A.steps': { a: {}, b: {} } };
/** Due at the end of the 22nd, whose hours end at 17:00. */
const lastMinutes = (): CaseBuilder => decided('2026-09-22 16:50:07');

type Row = [field: string, change: unknown, of: CaseBuilder, base?: Patch, until?: string];
const ROWS: Row[] = [
  ['recordedLate', '5wd', received(decided('2026-09-15 11:03'), [0, 48])],
  [
    'usualFactor',
    5,
    received(
      accepted()
        .stepFinished('a', '2026-09-15 11:03')
        .stepFinished('b', '2026-09-15 11:04')
        .decided('2026-09-15 11:05'),
      [20, 20, 20, 72],
    ),
  ],
  [
    'sameSecondSteps',
    4,
    accepted()
      .stepFinished('a', '2026-09-15 11:03:01')
      .stepFinished('b', '2026-09-15 11:03:01')
      .stepFinished('c', '2026-09-15 11:03:01'),
  ],
  ['nightFrom', '23:00', decided('2026-09-15 22:31')],
  ['nightTo', '05:00', decided('2026-09-15 05:31')],
  ['closedDays', false, decided('2026-09-19 11:03')],
  [
    'stepOrder',
    false,
    accepted()
      .stepStarted('a', '2026-09-15 11:00')
      .stepStarted('b', '2026-09-15 11:01')
      .stepFinished('b', '2026-09-15 11:02')
      .stepFinished('a', '2026-09-15 11:03'),
    inOrder,
  ],
  ['reopened', false, decided('2026-09-15 11:03').decided('2026-09-16 11:03')],
  ['refiledWithin', '1wd', late()],
  ['refiledUsed', '100%', late()],
  [
    'refiledTimes',
    4,
    filings([
      ['2026-09-07 10:00', '2026-09-08 10:00'],
      ['2026-09-09 10:00', '2026-09-10 10:00'],
      ['2026-09-11 10:00', '2026-09-14 10:00'],
    ]),
  ],
  [
    'lateTags',
    ['服务态度差'],
    decided('2026-09-15 11:03').event('case.rated', '2026-09-16 11:03', { grade: 1, tags: [TAG] }),
  ],
  ['bulkCases', 13, decided('2026-09-15 11:03', { officer: '0417' })],
  ['bulkMinutes', 15, minutesApart()],
  ['justBefore', '1wh', decided('2026-09-22 16:20:07')],
  ['justBeforeHaste', 100, lastMinutes()],
  ['roundShare', '70%', accepted().stepFinished('a', '2026-09-15 11:00').decided('2026-09-15 11:30')],
  ['outsideShare', 'none', decided('2026-09-15 22:31'), { 'forensics.leastCases': 5 }],
  ['zeroMonths', 2, accepted(), {}, '2026-11-30 23:59:59.999'],
  ['leastCases', 15, lastMinutes()],
  ['significance', '0%', lastMinutes()],
];

/** Section `forensics`: what is found among a dozen cases, or among those that the row makes itself. */
export const FORENSICS_ROWS: FieldRow[] = ROWS.map(([name, change, of, base, until]) => ({
  field: `forensics.${name}`,
  differs: 'forensics',
  change: { [`forensics.${name}`]: change },
  case: of,
  at: until ?? UNTIL,
  base: base ?? {},
}));
