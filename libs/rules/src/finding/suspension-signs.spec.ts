import { judgeCase } from '../index';
import { aCase, at, bookOf } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { findingInChinese } from './finding-in-chinese';

/** Ten working hours from 10:00 on 14 September end at 15:00 on the 15th. */
const HOURS = { A: { name: '事项', promise: '10wh' } };
const DAYS = { A: { name: '事项', promise: '7wd' } };
const NONE = { suspensionLateShare: 'none', suspensionMostShare: 'none', suspensionPieces: 'none' };
const accepted = (): CaseBuilder => aCase('A').accepted('2026-09-14 10:00');
const signs = ({ events }: CaseBuilder, items: Record<string, unknown>, switches = {}) =>
  judgeCase('C-1', events, bookOf(items, switches)).findings.filter(({ code }) => code === 'SUS-9');
const kinds = (...given: Parameters<typeof signs>) => signs(...given).map(({ detail }) => detail.kind);

describe('suspended just before the promise runs out', () => {
  it('is found from the instant at which a tenth of the working time is left', () => {
    expect(kinds(accepted().suspended('2026-09-15 13:59'), HOURS)).toEqual([]);
    const [sign] = signs(accepted().suspended('2026-09-15 14:00'), HOURS);
    expect(sign).toMatchObject({
      severity: 'notice',
      at: at('2026-09-15 14:00'),
      detail: { dueAt: at('2026-09-15 15:00'), leftMs: 3_600_000, allMs: 36_000_000, leftPercent: 10 },
    });
    expect(findingInChinese(sign!)).toBe('承诺时限即将届满时停止计时（剩余时限（%） 10）');
  });

  it('is found up to the due instant; after it the suspension is too late', () => {
    expect(kinds(accepted().suspended('2026-09-15 15:00'), HOURS)).toEqual(['suspended-just-before-due']);
    expect(kinds(accepted().suspended('2026-09-15 15:00:00.001'), HOURS)).toEqual([]);
  });

  it('is measured by the due instant as it stood: moved by what held the clock before', () => {
    const again = accepted().suspended('2026-09-14 14:00').resumed('2026-09-15 09:00');
    // The first one took 3 h out: due at 10:00 on the 16th.
    expect(kinds(again.suspended('2026-09-15 14:00'), HOURS)).toEqual([]);
    const later = accepted().suspended('2026-09-14 14:00').resumed('2026-09-15 09:00');
    const [sign] = signs(later.suspended('2026-09-16 09:00'), HOURS);
    expect(sign?.detail).toMatchObject({
      dueAt: at('2026-09-16 10:00'),
      leftMs: 3_600_000,
      allMs: 36_000_000,
    });
  });

  it('is measured by the due instant as it stood: moved by extensions granted by then', () => {
    const extension = { days: 1, approver: '王局长', notice: '延期告知 1 号' };
    const extended = accepted().extended('2026-09-15 10:00', extension);
    expect(kinds(extended.suspended('2026-09-15 14:00'), HOURS)).toEqual([]);
    const after = accepted().suspended('2026-09-15 14:00').extended('2026-09-15 15:00', extension);
    expect(kinds(after, HOURS)).toEqual(['suspended-just-before-due']);
  });

  it('is none where another suspension holds the clock, or ends at that instant', () => {
    const open = accepted().suspended('2026-09-14 14:00').suspended('2026-09-15 14:30');
    expect(kinds(open, HOURS)).toEqual([]);
    const touching = accepted().suspended('2026-09-14 11:00').resumed('2026-09-15 16:30');
    expect(kinds(touching.suspended('2026-09-15 16:30'), HOURS)).toEqual([]);
  });

  it('is none where it began before the clock, or lasts no time', () => {
    const early = aCase('A').submitted('2026-09-11 10:00').suspended('2026-09-11 11:00');
    expect(kinds(early.accepted('2026-09-14 10:00'), HOURS, { suspensionLateShare: '100%' })).toEqual([]);
    const ended = accepted().suspended('2026-09-15 14:30', {}).resumed('2026-09-15 14:30');
    expect(kinds(ended, HOURS)).toEqual([]);
  });

  it('is none without a promise, and none of a promise without working time', () => {
    const promise = { A: { name: '事项', promise: 'none' } };
    expect(kinds(accepted().suspended('2026-10-16 14:00'), promise)).toEqual([]);
    const evening = aCase('A').accepted('2026-09-14 18:00').suspended('2026-09-14 19:00');
    expect(kinds(evening, { A: { name: '事项', promise: '0wd' } })).toEqual([]);
  });

  it('of a case accepted by silence becomes true when the acceptance is known', () => {
    const silent = aCase('A').submitted('2026-09-14 10:00').suspended('2026-09-15 14:00');
    const [sign] = signs(silent, HOURS, { suspensionPieces: 'none' });
    expect(sign).toMatchObject({ at: at('2026-09-21'), detail: { kind: 'suspended-just-before-due' } });
  });
});

describe('suspended for most of its life', () => {
  const half = () => accepted().suspended('2026-09-14 14:00').resumed('2026-09-15 14:00');

  it('is found when more than half of the working time from acceptance to end was suspended', () => {
    // 6.5 h suspended. 2.5 h before; 4 h after it make 13 h, a minute less makes it more than half.
    const [sign, ...others] = signs(half().decided('2026-09-16 09:59'), DAYS);
    expect(others).toEqual([]);
    expect(sign).toMatchObject({
      at: at('2026-09-16 09:59'),
      detail: { kind: 'mostly-suspended', suspendedMs: 6.5 * 3_600_000, suspendedPercent: 50.1 },
    });
    expect(findingInChinese(sign!)).toBe('办理时间大部分处于停止计时（停止计时占（%） 50.1）');
    expect(kinds(half().decided('2026-09-16 10:00'), DAYS)).toEqual([]);
  });

  it('counts time that was suspended twice once, and what is open to the end of the case', () => {
    const twice = half().event('case.suspended', '2026-09-14 15:00', { ground: '检验' });
    const [sign] = signs(twice.decided('2026-09-15 15:00'), DAYS);
    expect(sign?.detail).toMatchObject({ suspendedMs: 7.5 * 3_600_000, lifeMs: 10 * 3_600_000 });
  });

  it('is not known before the end of the case, and not of a case that was never accepted', () => {
    expect(kinds(half(), DAYS)).toEqual([]);
    const refused = aCase('A').submitted('2026-09-14 10:00').suspended('2026-09-14 11:00');
    expect(kinds(refused.event('case.not-accepted', '2026-09-15 10:00'), DAYS)).toEqual([]);
  });

  it('is none of a case without working time', () => {
    const evening = aCase('A').accepted('2026-09-14 18:00').suspended('2026-09-14 18:10');
    expect(kinds(evening.decided('2026-09-14 19:00'), DAYS)).toEqual([]);
  });
});

describe('suspended in pieces', () => {
  const twice = () =>
    accepted()
      .suspended('2026-09-15 10:00')
      .resumed('2026-09-15 11:00')
      .suspended('2026-09-16 10:00', { ground: '检验' })
      .resumed('2026-09-17 16:00');
  const third = (from: string, to: string) => twice().suspended(from, { ground: '检测' }).resumed(to);

  it('is found when the third suspension of a working day at most has ended, once', () => {
    const [sign, ...others] = signs(third('2026-09-18 10:00', '2026-09-20 16:00'), DAYS);
    expect(others).toEqual([]);
    expect(sign).toMatchObject({
      ref: 'suspended-in-pieces',
      at: at('2026-09-20 16:00'),
      detail: { kind: 'suspended-in-pieces', times: 3 },
    });
    expect(findingInChinese(sign!)).toBe('多次短时停止计时，每次不超过一个工作日（次数 3）');
  });

  it('is not found of two, nor of a third one that is longer, open, or lasts no time', () => {
    expect(kinds(twice(), DAYS)).toEqual([]);
    expect(kinds(third('2026-09-18 10:00', '2026-09-21 09:00'), DAYS)).toEqual([]);
    expect(kinds(twice().suspended('2026-09-18 10:00', { ground: '检测' }), DAYS)).toEqual([]);
    expect(kinds(third('2026-09-18 10:00', '2026-09-18 10:00'), DAYS)).toEqual([]);
  });

  it('takes one that the end of the case ends', () => {
    const ended = twice().suspended('2026-09-18 10:00', { ground: '检测' }).decided('2026-09-18 11:00');
    expect(signs(ended, DAYS)[0]).toMatchObject({ at: at('2026-09-18 11:00') });
  });
});

describe('each sign', () => {
  it('can be switched off', () => {
    const bad = accepted()
      .suspended('2026-09-15 14:30')
      .resumed('2026-09-30 10:00')
      .decided('2026-09-30 10:30');
    expect(kinds(bad, HOURS)).toEqual(['mostly-suspended', 'suspended-just-before-due']);
    expect(kinds(bad, HOURS, NONE)).toEqual([]);
  });

  it('changes no clock', () => {
    const { events } = accepted().suspended('2026-09-15 14:30');
    const clocksUnder = (switches: object) => judgeCase('C-1', events, bookOf(HOURS, { ...switches })).clocks;
    expect(clocksUnder({})).toEqual(clocksUnder(NONE));
  });
});
