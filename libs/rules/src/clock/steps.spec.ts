import { judgeCase, verdictAt, type CaseVerdict, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: a step that its department lets run out passes, and still owes its result. */
const SILENCE = { basis: '缺席默认办法', issueWithin: '2wd' };
const BOOK = bookOf({
  A: {
    name: '并联审批',
    promise: 'none',
    steps: {
      opinion: { limit: '2wd', post: '规划岗', silence: SILENCE },
      plain: { limit: '2wd', after: [] },
      off: { limit: '2wd', enabled: false, silence: SILENCE, after: [] },
    },
  },
});
/** 2wd from 2026-09-14 are due on 2026-09-16. */
const DUE = at('2026-09-17') - 1;
const begun = (): CaseBuilder =>
  aCase('A').accepted('2026-09-14 09:00').stepStarted('opinion', '2026-09-14 10:00');

function look(theCase: CaseBuilder, when: number): CaseVerdict {
  return verdictAt(judgeCase('C-1', theCase.events, BOOK), when);
}

function clockOf(verdict: CaseVerdict, name: string): ClockVerdict | undefined {
  return verdict.clocks.find(({ clock }) => clock === name);
}

/** Steps without silence. */
const PLAIN = bookOf({
  A: {
    name: '事项',
    promise: 'none',
    steps: {
      review: { limit: '2wd', post: '审查岗' },
      sign: { after: [] },
      card: { limit: '1wd', after: [] },
    },
  },
});

describe('the clock of a step', () => {
  const plain = (theCase: CaseBuilder, when = at('2026-09-30')): CaseVerdict =>
    verdictAt(judgeCase('C-1', theCase.events, PLAIN), when);
  const stepsOf = (theCase: CaseBuilder): ClockVerdict[] =>
    plain(theCase).clocks.filter(({ kind }) => kind === 'step');
  const accepted = (): CaseBuilder => aCase('A').accepted('2026-09-14 09:00');

  it('is one for each run of a step with a limit, held with the case', () => {
    const twice = accepted()
      .stepStarted('review', '2026-09-14 10:00')
      .stepFinished('review', '2026-09-15 10:00')
      .stepStarted('sign', '2026-09-15 10:00')
      .event('step.started', '2026-09-15 10:01', { step: 'review', post: '复审岗' })
      .suspended('2026-09-15 11:00', { daysApplied: 3 })
      .resumed('2026-09-16 11:00');
    expect(stepsOf(twice)).toMatchObject([
      { clock: 'step:review', finishedAt: at('2026-09-15 10:00'), light: 'green' },
      { clock: 'step:review#2', dueAt: at('2026-09-19') - 1, light: 'red' },
    ]);
    const tracks = judgeCase('C-1', twice.events, PLAIN).clocks.filter(({ kind }) => kind === 'step');
    expect(tracks).toMatchObject([
      { step: 'review', post: '审查岗' },
      { step: 'review', post: '复审岗' },
    ]);
    expect(plain(twice)).toMatchObject({ light: 'green', stepLight: 'red' });
  });

  it('ends with the case if it was under way then, which is found', () => {
    const decided = (when: string): CaseBuilder =>
      accepted().stepStarted('review', '2026-09-14 10:00').decided(when);
    expect(stepsOf(decided('2026-09-15 10:00'))).toMatchObject([{ finishedAt: at('2026-09-15 10:00') }]);
    expect(plain(decided('2026-09-15 10:00')).findings).toEqual([
      expect.objectContaining({
        code: 'DQ-3',
        severity: 'notice',
        ref: 'step-without-end:review#1',
        at: at('2026-09-15 10:00'),
        detail: { kind: 'step-without-end', step: 'review' },
      }),
    ]);
    expect(stepsOf(decided('2026-09-14 10:00'))).toMatchObject([{ finishedAt: at('2026-09-14 10:00') }]);
  });

  it('goes on after the case if it begins then: certificates are made after the decision', () => {
    const after = accepted().decided('2026-09-15 10:00').stepStarted('card', '2026-09-15 10:00:00.001');
    expect(stepsOf(after)).toMatchObject([{ clock: 'step:card', phase: 'overdue', light: 'red' }]);
    expect(plain(after).findings).toEqual([]);
  });

  it('of a step that is finished is not looked at again at the end of the case', () => {
    const finished = accepted()
      .stepStarted('review', '2026-09-14 10:00')
      .stepFinished('review', '2026-09-14 11:00')
      .decided('2026-09-15 10:00');
    expect(plain(finished).findings).toEqual([]);
  });

  it('is none where no start was reported, which is found for a step with a limit', () => {
    const unbegun = accepted()
      .stepFinished('sign', '2026-09-15 10:00')
      .stepFinished('review', '2026-09-15 11:00');
    expect(stepsOf(unbegun)).toEqual([]);
    expect(plain(unbegun).findings).toEqual([
      expect.objectContaining({
        code: 'DQ-3',
        severity: 'warning',
        ref: 'step-finished-without-start:review#1',
        at: at('2026-09-15 11:00'),
        detail: { kind: 'step-finished-without-start', step: 'review' },
      }),
    ]);
  });

  it.each([
    ['step-start', 'step-start-not-in-format'],
    ['step-times', 'step-times-not-in-format'],
  ] as const)('is none where the format cannot say its %s, which is not laid to anybody', (what, kind) => {
    const data = { step: 'review', cannotExpress: [what] };
    const unbegun = accepted().event('step.finished', '2026-09-15 11:00', data);
    expect(stepsOf(unbegun)).toEqual([]);
    expect(plain(unbegun).findings).toMatchObject([
      { code: 'DQ-10', at: at('2026-09-15 11:00'), detail: { kind } },
    ]);
  });

  it('is none where the item knows no steps, and nothing is found about what was reported', () => {
    const book = bookOf({ A: { name: '事项', promise: 'none' } });
    const { clocks, findings } = judgeCase(
      'C-1',
      accepted().stepStarted('review', '2026-09-14 10:00').events,
      book,
    );
    expect(clocks.map(({ kind }) => kind)).toEqual(['statutory']);
    expect(findings).toEqual([]);
  });

  it('is none for a step that the item does not know, which is found at its start or else at its end', () => {
    const unknown = accepted()
      .stepStarted('secret', '2026-09-14 10:00')
      .stepFinished('other', '2026-09-14 11:00');
    expect(stepsOf(unknown)).toEqual([]);
    expect(plain(unknown).findings).toMatchObject([
      { ref: 'unknown-step:other#1', at: at('2026-09-14 11:00') },
      {
        code: 'DQ-8',
        severity: 'warning',
        ref: 'unknown-step:secret#1',
        at: at('2026-09-14 10:00'),
        detail: { kind: 'unknown-step', step: 'secret' },
      },
    ]);
  });
});

describe('a step that passes by silence', () => {
  it('ends a millisecond after its due instant with the light it had, and its result is to follow', () => {
    expect(clockOf(look(begun(), DUE), 'issuance:opinion')).toBeUndefined();
    const passed = look(begun(), DUE + 1);
    expect(clockOf(passed, 'step:opinion')).toMatchObject({
      light: 'red',
      phase: 'finished',
      finishedAt: DUE + 1,
    });
    expect(clockOf(passed, 'issuance:opinion')).toMatchObject({
      kind: 'issuance',
      startedAt: DUE + 1,
      dueAt: at('2026-09-21') - 1,
      phase: 'running',
    });
    expect(passed.findings).toMatchObject([
      { code: 'SIL-1', severity: 'serious', at: DUE + 1, detail: { step: 'opinion', basis: '缺席默认办法' } },
    ]);
  });

  it('does not colour the case, nor does what follows from it', () => {
    expect(look(begun(), at('2026-09-30'))).toMatchObject({ light: 'green', stepLight: 'red' });
    expect(clockOf(look(begun(), at('2026-09-30')), 'issuance:opinion')).toMatchObject({ light: 'red' });
  });

  it('has its result when it is finished late, or when the case ends', () => {
    const finished = begun().stepFinished('opinion', '2026-09-18 10:00');
    expect(clockOf(look(finished, at('2026-09-30')), 'issuance:opinion')).toMatchObject({
      light: 'green',
      finishedAt: at('2026-09-18 10:00'),
    });
    const ended = look(begun().decided('2026-09-18 10:00'), at('2026-09-30'));
    expect(clockOf(ended, 'issuance:opinion')).toMatchObject({ finishedAt: at('2026-09-18 10:00') });
    expect(ended.findings.map(({ detail }) => detail.kind)).toEqual(['step-passed-by-silence']);
  });

  it('is none that ended, or whose case ended, by the millisecond after its due instant', () => {
    for (const type of ['step.finished', 'case.decided', 'case.withdrawn'] as const)
      for (const when of [DUE, DUE + 1]) {
        const answered = begun().event(type, when, type === 'step.finished' ? { step: 'opinion' } : {});
        expect(clockOf(look(answered, at('2026-09-30')), 'issuance:opinion')).toBeUndefined();
      }
    const late = begun().event('step.finished', DUE + 2, { step: 'opinion' });
    expect(clockOf(look(late, at('2026-09-30')), 'issuance:opinion')).toBeDefined();
  });

  it('is none that begins after the end of the case', () => {
    const after = aCase('A').accepted('2026-09-14 09:00').decided('2026-09-14 09:30');
    after.stepStarted('opinion', '2026-09-14 10:00');
    const verdict = look(after, at('2026-09-30'));
    expect(clockOf(verdict, 'step:opinion')).toMatchObject({ light: 'red', phase: 'overdue' });
    expect(clockOf(verdict, 'issuance:opinion')).toBeUndefined();
  });

  it('is none whose clock is held', () => {
    const held = begun().suspended('2026-09-15 10:00');
    expect(clockOf(look(held, at('2026-12-01')), 'issuance:opinion')).toBeUndefined();
    held.resumed('2026-09-16 10:00');
    expect(clockOf(look(held, DUE + 1), 'issuance:opinion')).toBeUndefined();
    expect(clockOf(look(held, at('2026-09-18')), 'issuance:opinion')).toBeDefined();
  });

  it('passes once more in its second run', () => {
    const again = begun()
      .stepFinished('opinion', '2026-09-15 10:00')
      .stepStarted('opinion', '2026-09-21 10:00');
    const verdict = look(again, at('2026-09-24'));
    expect(clockOf(verdict, 'issuance:opinion')).toBeUndefined();
    expect(clockOf(verdict, 'issuance:opinion#2')).toMatchObject({ startedAt: at('2026-09-24') });
  });

  it('is none where nothing says so, or where its rule is switched off', () => {
    const others = aCase('A').accepted('2026-09-14 09:00').stepStarted('plain', '2026-09-14 10:00');
    others.stepStarted('off', '2026-09-14 10:00');
    expect(look(others, at('2026-09-30')).clocks.map(({ clock }) => clock)).toEqual([
      'statutory',
      'step:plain',
    ]);
  });

  it('is the same in whatever order the events arrive', () => {
    const { events } = begun().stepFinished('opinion', '2026-09-18 10:00').suspended('2026-09-21 10:00');
    expect(judgeCase('C-1', [...events].reverse(), BOOK)).toEqual(judgeCase('C-1', events, BOOK));
  });
});
