import type { StepEventData } from '@mingjian/contracts';
import { judgeCase, verdictAt, type Finding } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: one extension counts, if it is lawful; any other moves no clock and is found. */
const BOOK = bookOf({ A: { name: '事项', promise: '7wd' } });
const LAWFUL = { days: 10, approver: '王局长', notice: '延期告知 1 号' };
const ACCEPTED = '2026-09-14 10:00';
const EXTENDED = '2026-09-15 10:00';
/** Of the statutory limit, 20 working days, without and with ten more. */
const [PLAIN, MOVED] = [at('2026-10-17') - 1, at('2026-10-31') - 1];

const extended = (data: StepEventData): CaseBuilder => aCase('A').accepted(ACCEPTED).extended(EXTENDED, data);

function dueOf(theCase: CaseBuilder): number | null | undefined {
  const { clocks } = verdictAt(judgeCase('C-1', theCase.events, BOOK), at('2026-09-16'));
  return clocks.find(({ clock }) => clock === 'statutory')?.dueAt;
}

const findingsOf = (theCase: CaseBuilder): readonly Finding[] =>
  judgeCase('C-1', theCase.events, BOOK).findings;

describe('an extension', () => {
  it('counts with an approver, a notice and as many days as the law allows', () => {
    expect(dueOf(extended(LAWFUL))).toBe(MOVED);
    expect(findingsOf(extended(LAWFUL))).toEqual([]);
  });

  it.each<[string, StepEventData]>([
    ['extension-too-long', { ...LAWFUL, days: 11 }],
    ['extension-without-approver', { days: 10, notice: '延期告知 1 号' }],
    ['extension-without-notice', { days: 10, approver: '王局长' }],
  ])('moves no clock and is found: %s', (kind, data) => {
    const theCase = extended(data);
    expect(dueOf(theCase)).toBe(PLAIN);
    expect(findingsOf(theCase)).toEqual([
      expect.objectContaining({
        code: 'EXT-1',
        severity: 'serious',
        ref: `${kind}:C-1-2`,
        at: at(EXTENDED),
        detail: { kind, days: data.days, allowedDays: 10 },
      }),
    ]);
  });

  it('counts once: the second is found, the first stays', () => {
    const twice = extended({ ...LAWFUL, days: 5 }).extended('2026-09-16 10:00', { ...LAWFUL, days: 5 });
    expect(dueOf(twice)).toBe(dueOf(extended({ ...LAWFUL, days: 5 })));
    expect(findingsOf(twice)).toMatchObject([
      {
        ref: 'extended-twice:C-1-3',
        at: at('2026-09-16 10:00'),
        detail: { kind: 'extended-twice', days: 5 },
      },
    ]);
  });

  it('counts after one that did not', () => {
    const again = extended({ ...LAWFUL, days: 11 }).extended('2026-09-15 11:00', LAWFUL);
    expect(dueOf(again)).toBe(MOVED);
    expect(findingsOf(again)).toMatchObject([{ detail: { kind: 'extension-too-long' } }]);
  });
});

describe('an extension in a format that cannot say who approved it or how the applicant was told', () => {
  const { approver, notice } = LAWFUL;

  it.each<[string, StepEventData, string[]]>([
    ['the approver', { days: 10, notice, cannotExpress: ['approver'] }, ['approver-not-in-format']],
    ['the notice', { days: 10, approver, cannotExpress: ['notice'] }, ['notice-not-in-format']],
    [
      'both',
      { days: 10, cannotExpress: ['approver', 'notice'] },
      ['approver-not-in-format', 'notice-not-in-format'],
    ],
    ['what it says all the same', { ...LAWFUL, cannotExpress: ['approver', 'notice'] }, []],
  ])('counts, and what could not be checked is said: %s', (_what, data, kinds) => {
    expect(dueOf(extended(data))).toBe(MOVED);
    expect(findingsOf(extended(data))).toMatchObject(
      kinds.map((kind) => ({ code: 'DQ-10', severity: 'notice', at: at(EXTENDED), detail: { kind } })),
    );
  });

  it('does not count where what is missing could have been said', () => {
    const data: StepEventData = { days: 10, approver, cannotExpress: ['approver'] };
    expect(dueOf(extended(data))).toBe(PLAIN);
    expect(findingsOf(extended(data))).toMatchObject([{ detail: { kind: 'extension-without-notice' } }]);
  });
});

describe('an extension before the acceptance', () => {
  it('is found from when the clocks are known that it would have moved', () => {
    const early = (data: StepEventData): CaseBuilder =>
      aCase('A').submitted(ACCEPTED).extended(EXTENDED, data).accepted('2026-09-16 10:00');
    expect(findingsOf(early({ ...LAWFUL, days: 11 }))).toMatchObject([{ at: at('2026-09-16 10:00') }]);
    expect(
      findingsOf(early({ days: 10, notice: '延期告知 1 号', cannotExpress: ['approver'] })),
    ).toMatchObject([{ code: 'DQ-10', at: at('2026-09-16 10:00') }]);
  });
});
