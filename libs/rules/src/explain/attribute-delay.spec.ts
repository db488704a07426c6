import { aCase, at, bookOf } from '../testing/builders';
import { judgeInDetail } from '../judge-case';
import { attributeDelay, type DelayAttribution } from './attribute-delay';

const HOUR = 3_600_000;
/** 并联审批: 规划 and 消防 work side by side after 受理; 汇总 waits for both. An office day has 6.5 hours. */
const JOINT = {
  name: '联办',
  class: 'joint',
  department: 'lead',
  promise: '10wd',
  steps: {
    plan: { name: '规划', limit: '2wd', department: 'planning', after: [] },
    fire: { name: '消防', limit: '2wd', department: 'fire', after: [] },
    merge: { name: '汇总', limit: '1wd', after: ['plan', 'fire'] },
  },
};

function delayOf(events: ReturnType<typeof aCase>, when: string): DelayAttribution | null {
  return attributeDelay(judgeInDetail('C-1', events.events, bookOf({ A: JOINT })), at(when));
}

describe('whose time it was', () => {
  // 规划 takes one day, 消防 a week: from Monday 14 to Tuesday 22 September.
  const late = aCase('A')
    .accepted('2026-09-14 09:00')
    .stepStarted('plan', '2026-09-14 09:00')
    .stepStarted('fire', '2026-09-14 09:00')
    .stepFinished('plan', '2026-09-15 09:00')
    .stepFinished('fire', '2026-09-22 09:00')
    .stepStarted('merge', '2026-09-22 13:30')
    .stepFinished('merge', '2026-09-22 17:00')
    .decided('2026-09-22 17:00');

  it('names the department that others waited for, and not those that were in time', () => {
    const delay = delayOf(late, '2026-09-30')!;
    expect(delay.path.map(({ step, department }) => [step, department])).toEqual([
      ['fire', 'fire'],
      [null, 'lead'],
      ['merge', 'lead'],
    ]);
    expect(delay.late.map(({ department }) => department)).toEqual(['fire']);
    // Due at the end of 16 September; worked after it: 17, 18, 20 and 21 September.
    expect(delay.late[0]!.overMs).toBe(4 * 6.5 * HOUR);
  });

  it('accounts for all working time from acceptance to the end', () => {
    const delay = delayOf(late, '2026-09-30')!;
    expect(delay.path[0]!.from).toBe(at('2026-09-14 09:00'));
    expect(delay.path.at(-1)!.to).toBe(at('2026-09-22 17:00'));
    delay.path.slice(1).forEach((piece, index) => expect(piece.from).toBe(delay.path[index]!.to));
    expect(delay.path.reduce((sum, { usedMs }) => sum + usedMs, 0)).toBe(delay.usedMs);
    expect(delay.waitingMs).toBe(3 * HOUR);
  });

  it('says what the promise leaves beside the limits of the steps', () => {
    const delay = delayOf(late, '2026-09-30')!;
    const steps = delay.path.reduce((sum, { allowedMs }) => sum + (allowedMs ?? 0), 0);
    expect(delay.reserveMs).toBe(delay.allowedMs! - steps);
  });

  it('does not hold suspended time against anybody', () => {
    const held = aCase('A')
      .accepted('2026-09-14 09:00')
      .stepStarted('plan', '2026-09-14 09:00')
      .suspended('2026-09-14 12:00')
      .resumed('2026-09-16 12:00')
      .stepFinished('plan', '2026-09-16 17:00')
      .decided('2026-09-16 17:00');
    const delay = delayOf(held, '2026-09-30')!;
    expect(delay.usedMs).toBe(6.5 * HOUR);
    expect(delay.late).toEqual([]);
  });

  it('measures an open case up to the instant asked for', () => {
    const open = aCase('A').accepted('2026-09-14 09:00').stepStarted('plan', '2026-09-14 09:00');
    expect(delayOf(open, '2026-09-15 12:00')!).toMatchObject({ to: at('2026-09-15 12:00'), late: [] });
    expect(delayOf(open, '2026-09-17 10:00')!.late).toEqual([
      { department: 'planning', departmentName: null, overMs: HOUR },
    ]);
  });

  it('has nothing to say without an acceptance or a step with a start', () => {
    expect(delayOf(aCase('A').submitted('2026-09-14 09:00'), '2026-09-15')).toBeNull();
    expect(delayOf(aCase('A').accepted('2026-09-14 09:00'), '2026-09-15')).toBeNull();
    expect(delayOf(aCase('A').accepted('2026-09-14 09:00'), '2026-09-13')).toBeNull();
    expect(delayOf(aCase('B').accepted('2026-09-14 09:00'), '2026-09-15')).toBeNull();
  });

  it('knows no reserve where no limit is promised or laid down', () => {
    const book = bookOf({ A: { ...JOINT, promise: 'none', statutory: 'none' } });
    const delay = attributeDelay(judgeInDetail('C-1', late.events, book), at('2026-09-30'))!;
    expect([delay.allowedMs, delay.reserveMs]).toEqual([null, null]);
    expect(delay.late.map(({ department }) => department)).toEqual(['fire']);
  });
});
