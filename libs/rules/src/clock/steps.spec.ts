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
