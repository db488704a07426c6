import type { StepEventType } from '@mingjian/contracts';
import { judgeCase, verdictAt, type CaseVerdict, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: each receipt has a clock that its first answer ends, and silence accepts once, from the first receipt. */
const BOOK = bookOf({
  A: { name: '事项', promise: '7wd' },
  untimed: { name: '不计受理时限', promise: '7wd', acceptance: 'none' },
});
const RECEIVED = '2026-09-14 10:00';
/** Five working days from the receipt: Sunday the 20th is worked. */
const DUE = at('2026-09-21') - 1;
const LATER = at('2026-12-30');

const received = (item = 'A'): CaseBuilder => aCase(item).submitted(RECEIVED);

function look(theCase: CaseBuilder, when = LATER): CaseVerdict {
  return verdictAt(judgeCase('C-1', theCase.events, BOOK), when);
}

function clocksOf(theCase: CaseBuilder, when = LATER): ClockVerdict[] {
  return look(theCase, when).clocks.filter(({ kind }) => kind === 'acceptance');
}

const endsOf = (theCase: CaseBuilder): (number | null)[] =>
  clocksOf(theCase).map(({ finishedAt }) => finishedAt ?? null);

const ANSWERS: readonly StepEventType[] = [
  'case.accepted',
  'case.not-accepted',
  'case.correction-requested',
  'case.withdrawn',
  'case.decided',
];

describe('the clock of acceptance', () => {
  it.each(ANSWERS)('ends with %s, also at the very instant of the receipt', (type) => {
    for (const when of [RECEIVED, '2026-09-15 10:00'])
      expect(endsOf(received().event(type, when))).toEqual([at(when)]);
  });

  it('ends with the first of several answers', () => {
    for (const first of ANSWERS)
      for (const second of ANSWERS) {
        if (first === second) continue;
        const answered = received().event(first, '2026-09-15 10:00').event(second, '2026-09-16 10:00');
        expect(endsOf(answered)[0]).toBe(at('2026-09-15 10:00'));
      }
    const asked = received().event('case.correction-requested', '2026-09-15 10:00');
    expect(endsOf(asked.event('case.correction-requested', '2026-09-16 10:00'))).toEqual([
      at('2026-09-15 10:00'),
    ]);
  });

  it('begins anew with each complement, which notices from before do not answer', () => {
    const asked = received()
      .event('case.correction-requested', '2026-09-15 10:00')
      .event('case.correction-requested', '2026-09-15 11:00')
      .event('case.correction-received', '2026-09-16 10:00')
      .accepted('2026-09-17 10:00');
    expect(clocksOf(asked)).toMatchObject([
      { clock: 'acceptance', startedAt: at(RECEIVED), finishedAt: at('2026-09-15 10:00') },
      { clock: 'acceptance#2', startedAt: at('2026-09-16 10:00'), finishedAt: at('2026-09-17 10:00') },
    ]);
  });

  it('of a complement is not answered by the notice that it answers, though both are of one instant', () => {
    const atOnce = received()
      .event('case.correction-requested', '2026-09-15 10:00')
      .event('case.correction-received', '2026-09-15 10:00');
    expect(endsOf(atOnce)).toEqual([at('2026-09-15 10:00'), null]);
  });

  it('has no end while nobody answers', () => {
    expect(judgeCase('C-1', received().events, BOOK).clocks[0]).toMatchObject({ finishedAt: null });
  });

  it('is not there for an item without one, and silence does not accept then', () => {
    const late = received('untimed').accepted('2026-09-28 10:00');
    expect(clocksOf(late)).toEqual([]);
    expect(look(late).findings).toEqual([]);
  });
});

describe('silence on an application', () => {
  it('accepts it from its receipt, known from the millisecond after the due instant', () => {
    expect(look(received(), DUE)).toMatchObject({ findings: [], nextChangeAt: DUE + 1 });
    expect(clocksOf(received(), DUE)).toMatchObject([{ dueAt: DUE, light: 'yellow' }]);
    expect(look(received(), DUE).clocks).toHaveLength(1);
    const deemed = look(received(), DUE + 1);
    expect(deemed.findings).toEqual([
      expect.objectContaining({
        code: 'ACC-1',
        severity: 'serious',
        ref: 'deemed-accepted:1',
        at: DUE + 1,
        detail: { kind: 'deemed-accepted', receivedAt: at(RECEIVED) },
      }),
    ]);
    expect(deemed.clocks.find(({ clock }) => clock === 'promise')).toMatchObject({ startedAt: at(RECEIVED) });
  });

  it('is none where the answer comes at the due instant, and is where it comes a millisecond later', () => {
    const acceptedAt = (when: number): CaseVerdict => look(received().event('case.accepted', when));
    expect(acceptedAt(DUE).findings).toEqual([]);
    expect(acceptedAt(DUE + 1).findings).toMatchObject([{ code: 'ACC-1' }]);
    const promise = acceptedAt(DUE + 1).clocks.find(({ clock }) => clock === 'promise');
    expect(promise).toMatchObject({ startedAt: at(RECEIVED) });
  });

  it('accepts from the complement where the application was answered in time', () => {
    const asked = received()
      .event('case.correction-requested', '2026-09-15 10:00')
      .event('case.correction-received', '2026-09-16 10:00');
    expect(look(asked).findings).toMatchObject([
      {
        ref: 'deemed-accepted:2',
        at: at('2026-09-23'),
        detail: { receivedAt: at('2026-09-16 10:00') },
      },
    ]);
  });

  it('accepts from what was received first, in whatever order it was registered', () => {
    const odd = aCase('A')
      .event('case.correction-requested', '2026-09-13 10:00')
      .event('case.correction-received', RECEIVED)
      .submitted('2026-09-16 10:00');
    expect(look(odd).findings.filter(({ code }) => code === 'ACC-1')).toMatchObject([
      { ref: 'deemed-accepted:2', at: DUE + 1, detail: { receivedAt: at(RECEIVED) } },
    ]);
    const early = aCase('A')
      .event('case.correction-requested', '2026-09-13 10:00')
      .submitted(RECEIVED)
      .event('case.correction-received', '2026-09-16 10:00');
    expect(look(early).findings.filter(({ code }) => code === 'ACC-1')).toMatchObject([
      { ref: 'deemed-accepted:1', at: DUE + 1, detail: { receivedAt: at(RECEIVED) } },
    ]);
  });

  it('lets a complement begin a clock up to the due instant; after it the case is accepted already', () => {
    const complemented = (when: number): string[] =>
      clocksOf(
        aCase('A')
          .event('case.correction-requested', '2026-09-13 10:00')
          .submitted(RECEIVED)
          .event('case.correction-received', when),
      ).map(({ clock }) => clock);
    expect(complemented(DUE)).toEqual(['acceptance', 'acceptance#2']);
    expect(complemented(DUE + 1)).toEqual(['acceptance']);
  });
});

describe('a record that has the acceptance before the receipt', () => {
  it('is told of, and nothing was silent', () => {
    const odd = aCase('A').accepted('2026-09-14 09:00').submitted(RECEIVED);
    expect(look(odd).findings).toEqual([
      expect.objectContaining({
        code: 'DQ-3',
        severity: 'warning',
        ref: 'accepted-before-submitted',
        at: at('2026-09-14 09:00'),
        detail: { kind: 'accepted-before-submitted' },
      }),
    ]);
  });

  it('is none where both are of one instant, or one of them is missing', () => {
    expect(look(received().accepted(RECEIVED)).findings).toEqual([]);
    expect(look(received().accepted('2026-09-15 10:00')).findings).toEqual([]);
    expect(look(aCase('A').accepted(RECEIVED)).findings).toEqual([]);
  });
});
