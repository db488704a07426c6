import type { StepEventData } from '@mingjian/contracts';
import { judgeCase, verdictAt, type CaseVerdict, type ClockVerdict, type Finding } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: each suspension runs against the days applied for, within its case, and what is amiss is found. */
const ITEMS = { A: { name: '事项', promise: 'none' } };
/** The signs that suspensions serve the clock have specs of their own. */
const SWITCHES = { suspensionLateShare: 'none', suspensionMostShare: 'none', suspensionPieces: 'none' };
const BOOK = bookOf(ITEMS, SWITCHES);
const SUSPENDED = '2026-09-15 10:00';
const LATER = at('2026-12-30');

const suspended = (data: StepEventData = { daysApplied: 5 }): CaseBuilder =>
  aCase('A').accepted('2026-09-14 10:00').suspended(SUSPENDED, data);

function look(theCase: CaseBuilder, when = LATER, book = BOOK): CaseVerdict {
  return verdictAt(judgeCase('C-1', theCase.events, book), when);
}

function clocksOf(theCase: CaseBuilder, when = LATER, book = BOOK): ClockVerdict[] {
  return look(theCase, when, book).clocks.filter(({ kind }) => kind === 'suspension');
}

const findingsOf = (theCase: CaseBuilder): readonly Finding[] => look(theCase).findings;

describe('the clock of a suspension', () => {
  it('runs for the days applied for, and ends with the resumption', () => {
    expect(clocksOf(suspended(), at(SUSPENDED))).toMatchObject([
      { clock: 'suspension#1', startedAt: at(SUSPENDED), dueAt: at('2026-09-22') - 1, limit: '5wd' },
    ]);
    const resumed = suspended().resumed('2026-09-18 10:00').suspended('2026-09-21 10:00', { daysApplied: 1 });
    expect(clocksOf(resumed)).toMatchObject([
      { clock: 'suspension#1', finishedAt: at('2026-09-18 10:00'), light: 'green' },
      { clock: 'suspension#2', startedAt: at('2026-09-21 10:00'), light: 'red' },
    ]);
    expect(findingsOf(suspended().resumed('2026-09-18 10:00'))).toEqual([]);
  });

  it('colours its case where it runs out', () => {
    expect(look(suspended(), at('2026-09-22') - 1).light).not.toBe('red');
    expect(look(suspended(), at('2026-09-22'))).toMatchObject({ light: 'red', clock: 'suspension#1' });
  });

  it('counts to the hour where the site does so', () => {
    const book = bookOf(ITEMS, { ...SWITCHES, suspensionCounting: 'wd@time' });
    expect(clocksOf(suspended(), at(SUSPENDED), book)).toMatchObject([
      { dueAt: at('2026-09-21 10:00'), limit: '5wd@time' },
    ]);
  });

  it('is grey where no days were applied for, and leaves the case its own light', () => {
    const unlimited = suspended({});
    expect(clocksOf(unlimited)).toMatchObject([{ light: 'grey', dueAt: null }]);
    expect(look(unlimited).light).toBe('green');
    expect(findingsOf(unlimited)).toEqual([
      expect.objectContaining({
        code: 'DQ-4',
        severity: 'serious',
        ref: 'no-limit:suspension#1',
        at: at(SUSPENDED),
        detail: { kind: 'no-limit', clock: 'suspension#1' },
      }),
    ]);
  });
});

describe('a suspension at the end of its case', () => {
  it('ends with it, and that nobody ended it is found', () => {
    const open = suspended().decided('2026-09-17 10:00');
    expect(clocksOf(open)).toMatchObject([{ finishedAt: at('2026-09-17 10:00'), light: 'green' }]);
    expect(findingsOf(open)).toEqual([
      expect.objectContaining({
        code: 'SUS-7',
        severity: 'warning',
        ref: 'suspension-open-at-end:C-1-2',
        at: at('2026-09-17 10:00'),
        detail: { kind: 'suspension-open-at-end', event: 'C-1-2' },
      }),
    ]);
  });

  it('that was ended before is in order', () => {
    expect(findingsOf(suspended().resumed('2026-09-16 10:00').decided('2026-09-17 10:00'))).toEqual([]);
  });

  it('is found otherwise where its format cannot say when it ends', () => {
    const open = suspended({ daysApplied: 5, cannotExpress: ['suspension-end'] }).decided('2026-09-17 10:00');
    expect(findingsOf(open)).toMatchObject([
      { code: 'DQ-10', at: at('2026-09-17 10:00'), detail: { kind: 'suspension-end-not-in-format' } },
    ]);
  });

  it('has a clock if it begins at the very end, and none after it', () => {
    const ended = (when: string): CaseBuilder =>
      aCase('A').accepted('2026-09-14 10:00').decided(when).suspended(SUSPENDED, { daysApplied: 5 });
    expect(clocksOf(ended(SUSPENDED))).toHaveLength(1);
    const after = ended('2026-09-15 09:59:59.999');
    expect(clocksOf(after)).toEqual([]);
    expect(findingsOf(after)).toEqual([
      expect.objectContaining({
        code: 'DQ-3',
        severity: 'warning',
        ref: 'suspended-after-end:C-1-3',
        at: at(SUSPENDED),
        detail: { kind: 'suspended-after-end', event: 'C-1-3' },
      }),
    ]);
  });
});
