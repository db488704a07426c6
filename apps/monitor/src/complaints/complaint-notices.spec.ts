import { ComplaintPolicy, type ComplaintRecord } from '@mingjian/contracts';
import { foldComplaint } from '@mingjian/rules';
import { complaintNotice } from './complaint-notices';

const AT = Date.parse('2026-09-14T10:00:00+08:00');
const REGISTERED: ComplaintRecord = {
  type: 'registered',
  no: '投诉〔2026〕1号',
  person: 'ab'.repeat(32),
  realName: true,
  repeatOf: null,
  policy: 'one',
  channel: 'web',
  kind: 'attitude',
  department: 'housing',
  title: '窗口态度',
  request: '请核查',
  content: '我叫张三丰',
};
const HANDED: ComplaintRecord[] = [
  REGISTERED,
  { type: 'accepted' },
  { type: 'transferred', department: 'market' },
];
const RETURNED: ComplaintRecord = { type: 'sent-back', reason: '张三丰不满意' };
const light = (to: 'yellow' | 'red', overdue: boolean): ComplaintRecord => ({
  type: 'lit',
  clock: 'handle#1',
  to,
  overdue,
  becameAt: AT,
  dueAt: AT,
});

/** The notice of an event after others, under a policy. */
function told(acts: readonly ComplaintRecord[], act: ComplaintRecord, confidential = false) {
  const policy = ComplaintPolicy.parse({ name: '投诉', basis: '据', handle: '5wd', confidential });
  const actor = { id: 'u', name: '李监察' };
  const facts = foldComplaint(
    acts.map((one, index) => ({ seq: index + 1, at: AT + index, actor, act: one })),
  );
  return complaintNotice({ facts, policy, shard: 0 }, 9, AT, act);
}

describe('notices of complaints', () => {
  it('go to the department that has it in hand, from red on to the office too', () => {
    const steps = [light('yellow', false), light('yellow', true), light('red', true)].map((act) =>
      told(HANDED, act)!,
    );
    expect(steps.map(({ grade, department, subject }) => [grade, department, subject])).toEqual([
      ['yellow', 'market', '投诉〔2026〕1号 办理时限将至（预警）：窗口态度'],
      ['yellow', 'market', '投诉〔2026〕1号 办理时限已超期（黄灯）：窗口态度'],
      ['red', 'market', '投诉〔2026〕1号 办理时限已超期（红灯）：窗口态度'],
    ]);
    expect(steps.map(({ recipients }) => recipients!.includes('inspection-office'))).toEqual([
      false,
      false,
      true,
    ]);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(3);
  });

  it('go to the office alone while no department has it', () => {
    expect(told([REGISTERED], REGISTERED)).toMatchObject({ recipients: ['inspection-office'] });
    expect(told(HANDED.slice(0, 2), light('yellow', false))).toMatchObject({
      recipients: ['inspection-office'],
    });
  });

  it('of a confidential complaint tell a number to the office, and nothing of what it is about', () => {
    for (const act of [REGISTERED, HANDED[2]!, RETURNED, light('red', true)]) {
      const notice = told(HANDED, act, true)!;
      expect(notice).toMatchObject({ department: null, recipients: ['inspection-office'] });
      expect(JSON.stringify(notice)).not.toMatch(/窗口态度|张三丰|housing|market|请核查/);
    }
  });

  it('never hold who complained or their words', () => {
    for (const act of [...HANDED, light('red', true)])
      expect(JSON.stringify(told(HANDED, act))).not.toMatch(/张三丰|abab|realName/);
  });

  it('take back what was told of a light that no longer holds', () => {
    const lit = light('red', true);
    if (lit.type !== 'lit') throw new Error('a light');
    const gone = told(HANDED, { ...lit, type: 'unlit', because: 'late-data' })!;
    expect(gone).toMatchObject({ isWithdrawal: true, key: told(HANDED, lit)!.key });
  });
});
