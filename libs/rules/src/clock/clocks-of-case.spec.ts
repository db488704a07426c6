import type { StepEventType } from '@mingjian/contracts';
import { judgeCase, verdictAt, type CaseVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: how a case ends, and what is still to be delivered after its end. */
const BOOK = bookOf({
  A: { name: '事项', promise: '7wd' },
  kept: { name: '不送达', promise: '7wd', delivery: 'none' },
});
const ACCEPTED = '2026-09-14 10:00';
const DECIDED = '2026-09-16 10:00';
const LATER = at('2026-09-17');

const accepted = (item = 'A'): CaseBuilder => aCase(item).accepted(ACCEPTED);

function look(theCase: CaseBuilder, when = LATER): CaseVerdict {
  return verdictAt(judgeCase('C-1', theCase.events, BOOK), when);
}

const clocksOf = (theCase: CaseBuilder): string[] => look(theCase).clocks.map(({ clock }) => clock);

describe('a case that is decided', () => {
  it.each(['granted', 'decided'])('waits for its delivery: %s', (result) => {
    const decided = accepted().decided(DECIDED, result);
    expect(look(decided)).toMatchObject({ open: true, outcome: result });
    expect(look(decided).clocks).toContainEqual(
      expect.objectContaining({
        clock: 'delivery',
        kind: 'delivery',
        startedAt: at(DECIDED),
        dueAt: at('2026-10-01') - 1,
      }),
    );
    decided.delivered('2026-09-16 11:00');
    expect(look(decided)).toMatchObject({ open: false });
    expect(look(decided, at('2026-09-16 11:00') - 1)).toMatchObject({ open: true });
  });

  it.each(['refused', 'terminated'])('has nothing to deliver: %s', (result) => {
    const decided = accepted().decided(DECIDED, result);
    expect(look(decided).open).toBe(false);
    expect(clocksOf(decided)).not.toContain('delivery');
  });

  it('has nothing to deliver where its item has no delivery', () => {
    const decided = accepted('kept').decided(DECIDED);
    expect(look(decided).open).toBe(false);
    expect(clocksOf(decided)).not.toContain('delivery');
  });

  it('is closed by the later of decision and delivery', () => {
    const handedOver = accepted().delivered('2026-09-15 10:00').decided(DECIDED);
    expect(look(handedOver, at(DECIDED) - 1).open).toBe(true);
    expect(look(handedOver, at(DECIDED)).open).toBe(false);
  });
});

describe('a case that ends without a decision', () => {
  it.each<[StepEventType, string]>([
    ['case.withdrawn', 'withdrawn'],
    ['case.returned', 'returned'],
    ['case.voided', 'voided'],
    ['case.not-accepted', 'not-accepted'],
  ])('is closed, and nothing is delivered: %s', (type, outcome) => {
    const ended = accepted().event(type, DECIDED);
    expect(look(ended)).toMatchObject({ open: false, outcome });
    expect(clocksOf(ended)).not.toContain('delivery');
    // What is decided afterwards changes nothing of that.
    ended.decided('2026-09-16 11:00');
    expect(look(ended)).toMatchObject({ open: false, outcome });
    expect(clocksOf(ended)).not.toContain('delivery');
  });
});

describe('of several ends', () => {
  it('the first one counts', () => {
    const twice = aCase('A').submitted(ACCEPTED).event('case.withdrawn', '2026-09-15 10:00');
    expect(look(twice.event('case.not-accepted', DECIDED))).toMatchObject({ outcome: 'withdrawn' });
    expect(judgeCase('C-1', accepted().events, BOOK).outcome).toBeNull();
  });

  it('a refusal to accept counts until silence has accepted the case', () => {
    const known = at('2026-09-21');
    const refused = (when: number): CaseVerdict =>
      look(aCase('A').submitted(ACCEPTED).event('case.not-accepted', when), known);
    expect(refused(known - 1)).toMatchObject({ open: false, outcome: 'not-accepted' });
    expect(refused(known)).toMatchObject({ open: true, outcome: null });
  });

  it('a refusal that answers the application stays, whatever is received after it', () => {
    const after = aCase('A')
      .event('case.correction-requested', '2026-09-13 10:00')
      .submitted(ACCEPTED)
      .event('case.not-accepted', '2026-09-15 10:00')
      .event('case.correction-received', DECIDED);
    expect(look(after, LATER)).toMatchObject({ open: false, outcome: 'not-accepted' });
    expect(look(after, at('2026-09-24'))).toMatchObject({ open: false, outcome: 'not-accepted' });
  });
});

describe('a case that is accepted and refused acceptance', () => {
  it('contradicts itself from the later of the two on', () => {
    for (const [first, second] of [
      ['case.accepted', 'case.not-accepted'],
      ['case.not-accepted', 'case.accepted'],
    ] as const) {
      const both = aCase('A').event(first, ACCEPTED).event(second, DECIDED);
      expect(look(both).findings).toContainEqual(
        expect.objectContaining({
          code: 'DQ-3',
          severity: 'serious',
          ref: 'accepted-and-not-accepted',
          at: at(DECIDED),
          detail: { kind: 'accepted-and-not-accepted' },
        }),
      );
    }
    expect(look(accepted()).findings).toEqual([]);
    expect(look(aCase('A').event('case.not-accepted', ACCEPTED)).findings).toEqual([]);
  });
});
