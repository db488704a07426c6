import type { ActEvent, ComplaintRecord } from '@mingjian/contracts';
import { complaintHappenings } from './index';

/* What this spec guarantees: of the events of a complaint those are told that an order may rest on, with who answers for them. */

const HOUR = 3_600_000;
const registered: ComplaintRecord = {
  ...{ type: 'registered', no: '投诉〔2026〕1号', person: null, realName: false, repeatOf: null },
  ...{
    policy: 'complaint',
    channel: 'web',
    kind: 'delay',
    department: 'housing',
    title: '题',
    request: '文',
  },
};
/** Acts one hour after each other; the first is the registration. */
function life(...acts: readonly ComplaintRecord[]): ActEvent<ComplaintRecord>[] {
  return [registered, ...acts].map((act, index) => ({
    seq: index + 1,
    at: index * HOUR,
    actor: { id: 'somebody', name: '某人' },
    act,
  }));
}
const ACCEPTED: ComplaintRecord = { type: 'accepted' };
const handed = (department: string): ComplaintRecord => ({ type: 'transferred', department });
const REPLIED: ComplaintRecord = { type: 'replied', text: '文' };
const verified = (verdict: 'valid' | 'partly' | 'invalid'): ComplaintRecord => ({
  type: 'verified',
  verdict,
  reason: '因',
});
const CLOSED: ComplaintRecord = { type: 'closed' };
const REOPENED: ComplaintRecord = { type: 'reopened', reason: '因' };
const lit = (clock: string, to: 'yellow' | 'red', becameAt: number, overdue = true): ComplaintRecord => ({
  ...{ type: 'lit', clock, to, overdue, becameAt, dueAt: null },
});
const told = (events: readonly ActEvent<ComplaintRecord>[]): string[] =>
  complaintHappenings(events).map(({ ref, at, department }) => `${ref} ${at / HOUR} ${department}`);

describe('what becomes of a complaint', () => {
  it('are lights of a department after the limit of its handling, and none of the office', () => {
    const events = life(
      lit('accept', 'red', HOUR),
      ACCEPTED,
      handed('market'),
      lit('handle#1', 'yellow', 3.1 * HOUR, false),
      lit('handle#1', 'yellow', 3.2 * HOUR),
      lit('handle#1', 'red', 3.3 * HOUR),
      REPLIED,
      lit('verify#1', 'red', 7 * HOUR),
    );
    expect(told(events)).toEqual(['handle#1/yellow 3.2 market', 'handle#1/red 3.3 market']);
  });

  it('are answered for by who had the complaint in hand at that instant; by nobody where the office had', () => {
    const red = lit('handle#1', 'red', 2.5 * HOUR);
    expect(told(life(ACCEPTED, handed('market'), red, handed('housing')))).toEqual([
      'handle#1/red 2.5 market',
    ]);
    expect(told(life(ACCEPTED, red))).toEqual(['handle#1/red 2.5 null']);
  });

  it('are gone with lights that late data took away, and the same with those that they moved', () => {
    const unlit: ComplaintRecord = {
      ...{ type: 'unlit', because: 'late-data', clock: 'handle#1', to: 'red', overdue: true },
      ...{ becameAt: 3 * HOUR, dueAt: null },
    };
    const events = [ACCEPTED, handed('market'), lit('handle#1', 'red', 3 * HOUR), unlit];
    expect(told(life(...events))).toEqual([]);
    expect(told(life(...events, lit('handle#1', 'red', 9 * HOUR)))).toEqual(['handle#1/red 9 market']);
  });

  it('are reopenings, in order of when they happened, unless it proved invalid', () => {
    const twice = [ACCEPTED, handed('market'), REPLIED, verified('partly'), CLOSED, REOPENED];
    const again = [REPLIED, verified('partly'), CLOSED, REOPENED];
    expect(told(life(...twice, ...again))).toEqual(['reopened#1 6 market', 'reopened#2 10 market']);
    expect(told(life(...twice, REPLIED, verified('invalid')))).toEqual([]);
    // Reopening what is not closed is misplaced and counts for nothing.
    expect(told(life(ACCEPTED, handed('market'), REOPENED))).toEqual([]);
  });

  it('are a verdict of valid, for the department complained about, and nothing once it is withdrawn', () => {
    const proven = [ACCEPTED, handed('market'), REPLIED, verified('valid')];
    expect(told(life(...proven))).toEqual(['valid 4 housing']);
    expect(told(life(...proven, CLOSED, REOPENED, REPLIED, verified('partly')))).toEqual([
      'reopened#1 6 market',
    ]);
    expect(told(life(...proven, { type: 'withdrawn', reason: '因' }))).toEqual([]);
  });
});
