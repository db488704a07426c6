import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYamlDocument, ScoreScheme } from '@mingjian/contracts';
import { caseFact, judgeInDetail, noSums, parseInstant, verdictAt, type CaseFact } from '../index';
import { aCase, bookOf, OFFICE_2026, type CaseBuilder } from '../testing/builders';
import { scoreUnits, type UnitScore } from './score-unit';
import type { Evidence, UnitRecord } from './unit-record';

const FILE = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');
const SCHEME = parseYamlDocument(readFileSync(FILE, 'utf8'), FILE, ScoreScheme);
const BOOK = bookOf({ A: { name: '事项', promise: '5wd', statutory: '20wd', delivery: 'none' } });
const END = parseInstant('2026-10-30 10:00', OFFICE_2026.zone);

/** The fact of a case of a five-day promise; accepted on Monday 2026-09-07, due at the end of Monday 14. */
function factOf({ events }: CaseBuilder): CaseFact {
  const judged = judgeInDetail('C', events, BOOK);
  return caseFact(judged, events, verdictAt(judged.tracks, END), END)!;
}

const started = (): CaseBuilder =>
  aCase('A').accepted('2026-09-07 10:00').stepStarted('s', '2026-09-07 11:00');
const honest = (): CaseBuilder => started().stepFinished('s', '2026-09-18 10:00').decided('2026-09-18 11:00');

const evidence = (caseNo: string, rule: string): Evidence => ({ caseNo, light: null, rule, at: null });

/** A department with forty decided cases, of which one is what the test is about. */
function scored(change: Partial<UnitRecord>, sums: Partial<UnitRecord['sums']> = {}): UnitScore {
  const base: UnitRecord = {
    department: 'housing',
    sums: { ...noSums(), ended: 40, decided: 40, promised: 40, ...sums },
    ...{ preWarnings: [], yellow: [], red: [], late: [], lateStatutory: [] },
    ...{ refiled: [], reopened: [], heldWithoutRight: [], incomplete: [], withoutResult: [], badRatings: [] },
    ...{ ratingsCleared: 0, validComplaints: [], complaintsDue: 0, complaintsLate: [] },
    ...{ rectificationsDue: 0, rectificationsLate: [], promisesLowered: [] },
  };
  return scoreUnits([{ ...base, ...change }], SCHEME)[0]!;
}

const LATE = scored({ late: [evidence('C', 'promise')], red: [evidence('C', 'promise')] });

describe('what a trick leaves in the facts', () => {
  it('an honest late case is late', () => {
    expect(factOf(honest())).toMatchObject({ latePromise: 1, usedDays: 9, promiseDays: 5, reopened: 0 });
  });

  it('a case closed early and worked on afterwards is in time by the record, and late by its last act', () => {
    const tricked = started()
      .stepFinished('s', '2026-09-14 10:00')
      .decided('2026-09-14 11:00')
      .stepStarted('s', '2026-09-17 10:00')
      .stepFinished('s', '2026-09-18 10:00');
    expect(factOf(tricked)).toMatchObject({ latePromise: 0, reopened: 1, lateReopened: 1 });
  });

  it('a case reopened and finished within its promise is no late one', () => {
    const corrected = started()
      .stepFinished('s', '2026-09-08 10:00')
      .decided('2026-09-08 11:00')
      .stepStarted('s', '2026-09-10 10:00')
      .stepFinished('s', '2026-09-10 11:00');
    expect(factOf(corrected)).toMatchObject({ reopened: 1, lateReopened: 0 });
  });

  it('a clock stopped without a ground does not make a late case one in time', () => {
    const held = (ground: string | undefined): CaseBuilder =>
      started()
        .suspended('2026-09-09 10:00', { ground, daysApplied: 10 })
        .resumed('2026-09-16 10:00')
        .stepFinished('s', '2026-09-18 10:00')
        .decided('2026-09-18 11:00');
    expect(factOf(held('鉴定'))).toMatchObject({ latePromise: 0, lateHeld: 0, suspendedDays: 5 });
    expect(factOf(held('领导出差'))).toMatchObject({ latePromise: 0, lateHeld: 1, suspendedDays: 5 });
  });
});

describe('a trick does not pay', () => {
  it.each(['refiled', 'reopened', 'heldWithoutRight'] as const)(
    '%s costs no less than the late case that it hides',
    (trick) => {
      const tricked = scored({ [trick]: [evidence('C', trick)] });
      expect(tricked.total).toBeLessThanOrEqual(LATE.total!);
      expect(tricked.vetoes.map(({ because }) => because)).toEqual([
        '以退件重报、办结后续办或者违规停表掩盖超时',
      ]);
      expect(tricked.lines.find(({ id }) => id === 'on-time')?.evidence).toEqual([evidence('C', trick)]);
    },
  );

  it('two tricks on one case are paid once', () => {
    const both = scored({ refiled: [evidence('C', 'refiled')], reopened: [evidence('C', 'reopened')] });
    expect(both.total).toBe(scored({ refiled: [evidence('C', 'refiled')] }).total);
  });

  it('giving everything back instead of deciding it late costs points too', () => {
    const returned = scored({}, { ended: 80, withoutResult: 40 });
    expect(returned.total).toBeLessThan(scored({}).total!);
  });

  it('is refused where a scheme makes it cheaper than the red card', () => {
    const text = readFileSync(FILE, 'utf8').replace('  red: 10', '  red: 10\n  refiled: 1');
    expect(() => parseYamlDocument(text, 'cheap.yaml', ScoreScheme)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            field: 'deductions.refiled',
            place: expect.stringMatching(/^cheap.yaml:\d+$/),
          }),
        ],
      }),
    );
  });
});
