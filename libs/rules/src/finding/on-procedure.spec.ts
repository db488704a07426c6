import type { StepEventData } from '@mingjian/contracts';
import { judgeCase } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, bookOf } from '../testing/builders';

const BOOK = bookOf(
  {
    permit: { name: 'permit', promise: '7wd' },
    stepped: { name: 'stepped', promise: '7wd', steps: { review: {}, approve: {}, archive: {} } },
    charged: { name: 'charged', promise: '7wd', fee: { standard: 0.3 } },
    free: { name: 'free', promise: '7wd', fee: 'none' },
  },
  { suspensionYellowBefore: ['1wd'] },
);

/** Code, kind and what the finding is about, of a case that is otherwise in order. */
function found({ caseNo, events }: CaseBuilder, book = BOOK): string[] {
  return judgeCase(caseNo, events, book).findings.map(({ code, ref }) => `${code} ${ref}`);
}

const accepted = (item: string): CaseBuilder => aCase(item).accepted('2026-09-14 10:00');
const suspended = (data: StepEventData): CaseBuilder =>
  accepted('permit').suspended('2026-09-15 09:00', { daysApplied: 5, ...data });

describe('findings on suspensions', () => {
  it.each(['听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', '专家评审', '组织专家评审', ' Hearing '])(
    'take %p for a ground of the law',
    (ground) => expect(found(suspended({ ground }))).toEqual([]),
  );

  it.each(['现场勘查', '踏勘', '现场踏勘', '领导出差', '检验报告未提交'])(
    'question the ground %p',
    (ground) => expect(found(suspended({ ground }))).toEqual(['SUS-4 suspension-ground-not-in-law:C-1-2']),
  );

  it('question a suspension of which the record says nothing, paper by paper', () => {
    expect(found(suspended({ ground: ' ', notice: '', approver: undefined }))).toEqual([
      'SUS-4 suspension-without-ground:C-1-2',
      'SUS-5 suspension-without-approver:C-1-2',
      'SUS-5 suspension-without-notice:C-1-2',
    ]);
  });

  it('name each suspension after the first on one ground, however the ground is written', () => {
    const twice = suspended({ ground: '听证' })
      .resumed('2026-09-16 09:00')
      .suspended('2026-09-16 10:00', { ground: '听证会', daysApplied: 5 })
      .resumed('2026-09-17 09:00')
      .suspended('2026-09-17 10:00', { ground: '检测', daysApplied: 5 });
    expect(found(twice)).toEqual(['SUS-3 suspended-again:C-1-4']);
  });

  it('do not take two suspensions without a ground for a repetition', () => {
    const twice = suspended({ ground: '' })
      .resumed('2026-09-16 09:00')
      .suspended('2026-09-16 10:00', { ground: '', daysApplied: 5 });
    expect(found(twice).filter((finding) => finding.startsWith('SUS-3'))).toEqual([]);
  });

  it('name an overlap by a millisecond, and none where one ends as the next begins', () => {
    const next = (resumedAt: string): CaseBuilder =>
      suspended({ ground: '听证' })
        .resumed(resumedAt, { ground: '听证' })
        .suspended('2026-09-16 09:00', { ground: '检测', daysApplied: 5 });
    expect(found(next('2026-09-16 09:00:00.001'))).toEqual(['SUS-8 suspensions-overlap:C-1-4']);
    expect(found(next('2026-09-16 08:59:59.999'))).toEqual([]);
    // At one instant the suspension is read before the resumption, which ends the one that it names.
    expect(found(next('2026-09-16 09:00'))).toEqual([]);
  });

  it('leave alone what begins after the end of the case, which is a finding already', () => {
    const after = accepted('permit')
      .decided('2026-09-15 10:00')
      .suspended('2026-09-16 10:00', { ground: '' });
    expect(found(after)).toEqual(['DQ-3 suspended-after-end:C-1-3']);
  });
});

describe('findings on corrections', () => {
  const submitted = (): CaseBuilder => aCase('permit').submitted('2026-09-14 10:00');

  it('name each notice after the first', () => {
    const thrice = submitted()
      .event('case.correction-requested', '2026-09-15 10:00')
      .event('case.correction-requested', '2026-09-16 10:00')
      .event('case.correction-requested', '2026-09-17 10:00');
    expect(found(thrice)).toEqual([
      'MAT-1 correction-requested-again:C-1-3',
      'MAT-1 correction-requested-again:C-1-4',
    ]);
  });

  it('name a notice after acceptance, and none at the instant of acceptance', () => {
    const noticed = (when: string): string[] =>
      found(submitted().accepted('2026-09-15 10:00').event('case.correction-requested', when));
    expect(noticed('2026-09-15 10:00')).toEqual([]);
    expect(noticed('2026-09-15 10:00:00.001')).toEqual(['MAT-1 correction-after-acceptance:C-1-3']);
  });

  it('count acceptance by silence from the instant after the limit', () => {
    const noticed = (when: string): string[] =>
      found(submitted().event('case.correction-requested', when)).filter((one) => one.startsWith('MAT'));
    // Five working days from the 14th, the 20th being worked.
    expect(noticed('2026-09-20 23:59:59.999')).toEqual([]);
    expect(noticed('2026-09-21 00:00')).toEqual(['MAT-1 correction-after-acceptance:C-1-2']);
  });
});

describe('findings on the order of steps', () => {
  it('say nothing of steps in order, of one that overlaps the next, and of two at one instant', () => {
    const inOrder = accepted('stepped')
      .stepStarted('review', '2026-09-14 11:00')
      .stepStarted('approve', '2026-09-14 12:00')
      .stepFinished('review', '2026-09-14 15:00')
      .stepStarted('archive', '2026-09-14 16:00');
    expect(found(inOrder)).toEqual([]);
    const atOnce = accepted('stepped')
      .stepStarted('approve', '2026-09-14 11:00')
      .stepStarted('review', '2026-09-14 11:00');
    expect(found(atOnce)).toEqual([]);
  });

  it('name every step passed over, with the step for which it was', () => {
    const skipping = accepted('stepped').stepStarted('archive', '2026-09-14 11:00');
    expect(judgeCase('C-1', skipping.events, BOOK).findings).toMatchObject([
      { code: 'FLOW-1', ref: 'step-skipped:approve', detail: { step: 'approve', laterStep: 'archive' } },
      { code: 'FLOW-1', ref: 'step-skipped:review', detail: { step: 'review', laterStep: 'archive' } },
    ]);
  });

  it('name a step begun after a later one, and the step that was before it', () => {
    const disordered = accepted('stepped')
      .stepStarted('approve', '2026-09-14 11:00')
      .stepStarted('review', '2026-09-14 11:00:00.001');
    expect(found(disordered)).toEqual(['FLOW-1 step-out-of-order:review']);
  });

  it('hold nothing against a step whose start nobody reported, nor against steps that the item does not have', () => {
    const gap = accepted('stepped')
      .stepStarted('approve', '2026-09-14 11:00')
      .stepFinished('review', '2026-09-14 12:00');
    expect(found(gap)).toEqual([]);
    expect(found(accepted('stepped').stepStarted('tasting', '2026-09-14 11:00'))).toEqual([
      'DQ-8 unknown-step:tasting#1',
    ]);
    expect(found(accepted('permit').stepStarted('archive', '2026-09-14 11:00'))).toEqual([]);
  });
});

describe('findings on repetition', () => {
  const runs = (days: number[]): CaseBuilder =>
    days.reduce(
      (made, day) =>
        made.stepStarted('review', `2026-09-${day} 11:00`).stepFinished('review', `2026-09-${day} 12:00`),
      accepted('permit'),
    );

  it('name a step once, from its third run on, with the number of runs', () => {
    expect(found(runs([14, 15]))).toEqual([]);
    const four = judgeCase('C-1', runs([14, 15, 16, 17]).events, BOOK).findings;
    expect(four).toMatchObject([{ code: 'FLOW-2', ref: 'step-run-often:review', detail: { times: 4 } }]);
    expect(four[0]!.at).toBe(Date.parse('2026-09-16T11:00:00+08:00'));
  });

  it('do not count an end without a start as a run', () => {
    const gaps = runs([14, 15]).stepFinished('review', '2026-09-16 12:00');
    expect(found(gaps)).toEqual([]);
  });

  it('count from the number that the ruleset says', () => {
    const strict = bookOf({ permit: { name: 'permit', promise: '7wd' } }, { returnedOften: 2 });
    expect(found(runs([14, 15]), strict)).toEqual(['FLOW-2 step-run-often:review']);
    const returned = accepted('permit')
      .event('case.returned', '2026-09-15 10:00')
      .event('case.returned', '2026-09-16 10:00');
    expect(found(returned)).toEqual([]);
    expect(found(returned, strict)).toEqual(['FLOW-2 case-returned-often']);
  });
});

describe('findings on fees', () => {
  const charged = (item: string, ...amounts: (number | undefined)[]): CaseBuilder =>
    amounts.reduce<CaseBuilder>(
      (made, amount, index) => made.event('fee.charged', `2026-09-14 1${index + 1}:00`, { amount }),
      accepted(item),
    );

  it('hold the sum of all charges against the standard, to the fen', () => {
    expect(found(charged('charged', 0.1, 0.2))).toEqual([]);
    const over = judgeCase('C-1', charged('charged', 0.1, 0.2, 0.01, 0.1).events, BOOK).findings;
    expect(over).toMatchObject([
      { code: 'FEE-1', ref: 'fee-over-standard', detail: { amount: 0.41, standard: 0.3 } },
    ]);
    expect(over[0]!.at).toBe(Date.parse('2026-09-14T13:00:00+08:00'));
  });

  it('name any charge on a free item, and none of nothing', () => {
    expect(found(charged('free', 0, undefined))).toEqual([]);
    expect(found(charged('free', 0.01))).toEqual(['FEE-1 fee-on-free-item']);
  });

  it('say nothing where the ruleset says nothing', () => {
    expect(found(charged('permit', 1_000_000))).toEqual([]);
  });
});

describe('findings on procedure', () => {
  it('change no clock and no light', () => {
    const bad = suspended({ ground: '踏勘', notice: '' });
    const good = suspended({ ground: '鉴定' });
    const [worse, better] = [bad, good].map(({ events }) => judgeCase('C-1', events, BOOK).clocks);
    expect(worse).toEqual(better);
  });
});
