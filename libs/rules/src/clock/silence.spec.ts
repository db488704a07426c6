import { judgeCase, verdictAt, type CaseVerdict, type ClockVerdict } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, at, bookOf } from '../testing/builders';

/** What these specs guarantee: silence grants at one instant, the first that is not in time any more, and never while a clock is held. */
const SILENCE = { basis: '地方规定', issueWithin: '3wd' };
const BOOK = bookOf({
  silent: { name: '超时默许', promise: '3wd', silence: SILENCE },
  hours: { name: '以工作小时计', promise: '8wh', silence: SILENCE },
  lawful: { name: '法定时限默许', promise: '3wd', silence: { ...SILENCE, clock: 'statutory' } },
  renewed: { name: '延续', promise: 'none' },
  both: { name: '两种默许', promise: '3wd', silence: SILENCE },
  never: { name: '不默许延续', promise: 'none', renewal: 'none' },
  grey: { name: '未定承诺时限', silence: SILENCE },
});
/** 3wd from 2026-09-14 are due on 2026-09-17. */
const DUE = at('2026-09-18') - 1;

function look(theCase: CaseBuilder, when: number): CaseVerdict {
  return verdictAt(judgeCase('C-1', theCase.events, BOOK), when);
}

function clockOf(verdict: CaseVerdict, name: string): ClockVerdict | undefined {
  return verdict.clocks.find(({ clock }) => clock === name);
}

const kindsOf = ({ findings }: CaseVerdict): unknown[] => findings.map(({ detail }) => detail.kind);

describe('a decision that nobody makes', () => {
  const silent = aCase('silent').accepted('2026-09-14 10:00');

  it('is granted from the millisecond after the due instant: its clocks end, and what is granted is to be issued', () => {
    expect(look(silent, DUE)).toMatchObject({ outcome: null, findings: [], nextChangeAt: DUE + 1 });
    const granted = look(silent, DUE + 1);
    expect(granted).toMatchObject({ outcome: 'granted', open: true, light: 'red', clock: 'promise' });
    expect(granted.findings).toMatchObject([
      {
        code: 'SIL-1',
        severity: 'serious',
        ref: 'granted-by-silence',
        at: DUE + 1,
        detail: { kind: 'granted-by-silence', clock: 'promise', basis: '地方规定' },
      },
    ]);
    expect(clockOf(granted, 'statutory')).toMatchObject({ light: 'green', finishedAt: DUE + 1 });
    expect(clockOf(granted, 'issuance')).toMatchObject({
      kind: 'issuance',
      startedAt: DUE + 1,
      dueAt: at('2026-09-23') - 1,
      limit: '3wd',
    });
  });

  it('is in time at the very due instant, and comes after the grant a millisecond later', () => {
    const decidedAt = (when: number): CaseVerdict =>
      look(
        aCase('silent').accepted('2026-09-14 10:00').event('case.decided', when, { result: 'refused' }),
        DUE + 2,
      );
    expect(decidedAt(DUE)).toMatchObject({ outcome: 'refused', open: false, findings: [] });
    const later = decidedAt(DUE + 1);
    expect(later).toMatchObject({ outcome: 'granted', open: false });
    expect(kindsOf(later)).toEqual(['granted-by-silence', 'refused-after-silence']);
    expect(later.findings[1]).toMatchObject({
      code: 'SIL-1',
      severity: 'serious',
      ref: 'refused-after-silence',
      at: DUE + 1,
      detail: { clock: 'promise', basis: '地方规定' },
    });
    const confirmed = aCase('silent')
      .accepted('2026-09-14 10:00')
      .event('case.decided', DUE + 1);
    expect(kindsOf(look(confirmed, DUE + 2))).toEqual(['granted-by-silence']);
  });

  it('is issued by the first decision, delivery or other end from the grant on, and nothing is delivered after it', () => {
    for (const type of ['case.decided', 'case.delivered', 'case.withdrawn'] as const) {
      const issued = look(
        aCase('silent')
          .accepted('2026-09-14 10:00')
          .event(type, '2026-09-21 10:00')
          .delivered('2026-09-22 10:00'),
        at('2026-09-23'),
      );
      expect(clockOf(issued, 'issuance')).toMatchObject({
        finishedAt: at('2026-09-21 10:00'),
        light: 'green',
      });
      expect(clockOf(issued, 'delivery')).toBeUndefined();
      expect(issued.open).toBe(false);
    }
  });

  it('is not issued by a delivery before the grant', () => {
    const early = aCase('silent').accepted('2026-09-14 10:00').delivered('2026-09-15 10:00');
    expect(look(early, at('2026-09-21')).open).toBe(true);
    early.delivered('2026-09-21 10:00');
    expect(look(early, at('2026-09-22')).open).toBe(false);
    const atOnce = aCase('silent')
      .accepted('2026-09-14 10:00')
      .event('case.delivered', DUE + 1);
    expect(look(atOnce, DUE + 1).open).toBe(false);
  });

  it('is not granted to a case that was withdrawn, refused acceptance, or has no limit', () => {
    const withdrawn = aCase('silent').accepted('2026-09-14 10:00').event('case.withdrawn', DUE);
    expect(look(withdrawn, DUE + 1)).toMatchObject({ outcome: 'withdrawn', findings: [] });
    const refused = aCase('silent')
      .submitted('2026-09-14 10:00')
      .event('case.not-accepted', '2026-09-15 10:00');
    expect(look(refused, at('2026-10-30'))).toMatchObject({ outcome: 'not-accepted', findings: [] });
    const grey = look(aCase('grey').accepted('2026-09-14 10:00'), at('2026-10-30'));
    expect(grey.outcome).toBeNull();
  });

  it('ends steps and suspensions under way, and a refusal to accept that comes later has no effect', () => {
    const theCase = aCase('renewed')
      .submitted('2026-08-14 10:00')
      .accepted('2026-08-14 11:00', { permitExpiresAt: '2026-09-16T10:00:00+08:00' })
      .suspended('2026-08-17 10:00', { daysApplied: 60 })
      .event('case.not-accepted', '2026-09-17 10:00');
    const granted = look(theCase, at('2026-09-18'));
    expect(granted.outcome).toBe('granted');
    expect(granted.findings).toContainEqual(
      expect.objectContaining({
        ref: 'refused-after-silence',
        at: at('2026-09-17 10:00'),
        detail: { kind: 'refused-after-silence', clock: 'renewal', basis: '行政许可法 第五十条第二款' },
      }),
    );
    expect(clockOf(granted, 'suspension#1')).toMatchObject({ phase: 'finished' });
    expect(clockOf(granted, 'statutory')).toMatchObject({ phase: 'finished', light: 'green' });
    expect(clockOf(granted, 'issuance')).toMatchObject({ phase: 'running' });
  });

  it('is refused after it by a refusal to accept at its very instant, not by one from before', () => {
    const refusedAt = (when: number): unknown[] =>
      kindsOf(
        look(
          aCase('lawful').submitted('2026-09-14 10:00').event('case.not-accepted', when),
          at('2026-10-18'),
        ),
      );
    // Accepted by silence on the 21st: a refusal from then on has no effect. Granted on 17 October.
    expect(refusedAt(at('2026-09-22'))).toEqual(['deemed-accepted', 'granted-by-silence']);
    expect(refusedAt(at('2026-10-17'))).toEqual([
      'deemed-accepted',
      'granted-by-silence',
      'refused-after-silence',
    ]);
  });

  it('answers an application that nobody answered before it; a refusal after it does not', () => {
    const answeredAt = (refused: number): unknown =>
      clockOf(
        look(
          aCase('lawful').submitted('2026-09-14 10:00').event('case.not-accepted', refused),
          at('2026-10-30'),
        ),
        'acceptance',
      )?.finishedAt;
    expect(answeredAt(at('2026-09-22'))).toBe(at('2026-09-22'));
    expect(answeredAt(at('2026-10-19'))).toBe(at('2026-10-17'));
  });

  it('leaves a complement that came after it unanswered, also by a refusal', () => {
    for (const refusedAt of [DUE + 1, at('2026-09-18 10:00')]) {
      const after = aCase('silent')
        .accepted('2026-09-14 10:00')
        .event('case.correction-requested', '2026-09-14 11:00')
        .event('case.correction-received', DUE + 1)
        .event('case.not-accepted', refusedAt);
      expect(clockOf(look(after, at('2026-09-19')), 'acceptance#2')).toMatchObject({
        startedAt: DUE + 1,
        finishedAt: null,
      });
    }
  });

  it('is no decision before the hearing, whoever decides afterwards', () => {
    const decided = aCase('silent')
      .accepted('2026-09-14 10:00')
      .event('hearing.requested', '2026-09-15 10:00')
      .decided('2026-09-21 10:00');
    expect(kindsOf(look(decided, at('2026-09-22')))).toEqual(['granted-by-silence']);
  });

  it('comes before what happens at its instant: no suspension, hearing or end of a step lies within the case any more', () => {
    const theCase = aCase('silent')
      .accepted('2026-09-14 10:00')
      .event('case.suspended', DUE + 1, { daysApplied: 3 })
      .event('hearing.requested', DUE + 1)
      .event('case.correction-requested', '2026-09-14 11:00')
      .event('case.correction-received', DUE + 1);
    const granted = look(theCase, DUE + 1);
    expect(granted.clocks.map(({ clock }) => clock).sort()).toEqual([
      'acceptance#2',
      'issuance',
      'promise',
      'statutory',
    ]);
    expect(clockOf(granted, 'acceptance#2')).toMatchObject({ phase: 'running' });
    expect(kindsOf(granted)).toContain('suspended-after-end');
  });

  it('is granted by the clock that the item names, whatever ran out before', () => {
    const theCase = aCase('lawful').accepted('2026-09-14 10:00');
    expect(look(theCase, DUE + 1).outcome).toBeNull();
    expect(look(theCase, at('2026-10-17'))).toMatchObject({ outcome: 'granted' });
  });
});

describe('silence and what moves a clock', () => {
  it('waits for the end of a suspension, and counts it', () => {
    const held = aCase('silent').accepted('2026-09-14 10:00').suspended('2026-09-16 10:00');
    expect(look(held, at('2026-12-01'))).toMatchObject({ outcome: null, nextChangeAt: null });
    held.resumed('2026-09-21 10:00');
    expect(look(held, at('2026-09-23') - 1).outcome).toBeNull();
    expect(look(held, at('2026-09-23')).outcome).toBe('granted');
  });

  it('comes at the resumption of a clock that resumes past its due instant', () => {
    const theCase = aCase('hours')
      .accepted('2026-09-14 09:00')
      .suspended('2026-09-15 10:00')
      .resumed('2026-09-15 10:30')
      .suspended('2026-09-15 12:00')
      .resumed('2026-09-15 12:30');
    // Eight working hours with half an hour taken out end on the 15th at 11:00: the second suspension came too late.
    expect(look(theCase, at('2026-09-15 11:00') + 1)).toMatchObject({ outcome: 'granted' });
    const atClosing = aCase('hours')
      .accepted('2026-09-14 10:30')
      .suspended('2026-09-15 12:00')
      .resumed('2026-09-15 13:00');
    // Due at noon; held from noon to one, in which no working time passes.
    expect(look(atClosing, at('2026-09-15 13:00') - 1).outcome).toBeNull();
    expect(look(atClosing, at('2026-09-15 13:00')).outcome).toBe('granted');
  });

  it('is put off by an extension that counts', () => {
    const extended = aCase('silent')
      .accepted('2026-09-14 10:00')
      .extended('2026-09-15 10:00', { days: 2, approver: '王局长', notice: '告知 1 号' });
    expect(look(extended, DUE + 1).outcome).toBeNull();
    expect(look(extended, at('2026-09-21')).outcome).toBe('granted');
  });

  it('grants a case that silence accepted not before that is known, with the promise red from the start', () => {
    const theCase = aCase('silent').submitted('2026-09-14 10:00');
    const known = at('2026-09-21');
    expect(look(theCase, known - 1)).toMatchObject({ outcome: null, acceptedAt: null, findings: [] });
    const granted = look(theCase, known);
    expect(granted).toMatchObject({ outcome: 'granted', acceptedAt: at('2026-09-14 10:00') });
    expect(clockOf(granted, 'promise')).toMatchObject({ light: 'red', phase: 'finished', since: known });
    expect(clockOf(granted, 'issuance')).toMatchObject({ startedAt: known });
  });
});

describe('a renewal', () => {
  const expires = { permitExpiresAt: '2026-09-30T23:59:59+08:00' };
  const renewal = (item: string, submitted: string): CaseBuilder =>
    aCase(item).event('case.submitted', submitted, expires).accepted(submitted);

  it('is granted when it was applied for on the last of the thirty days, and not a day later', () => {
    const silence = at('2026-09-30 23:59:59') + 1;
    expect(look(renewal('renewed', '2026-08-31 23:00'), silence)).toMatchObject({ outcome: 'granted' });
    const late = look(renewal('renewed', '2026-09-01 00:00'), silence);
    expect(late).toMatchObject({ outcome: null, light: 'red' });
    expect(late.findings).toMatchObject([
      {
        code: 'SIL-1',
        severity: 'notice',
        ref: 'renewal-applied-late',
        at: at('2026-09-01'),
        detail: { kind: 'renewal-applied-late', appliedAt: at('2026-09-01') },
      },
    ]);
    // It is known once the case is accepted.
    const waiting = aCase('renewed').event('case.submitted', '2026-09-01 09:00', expires);
    expect(look(waiting.accepted('2026-09-02 09:00'), silence).findings).toMatchObject([
      { at: at('2026-09-02 09:00'), detail: { appliedAt: at('2026-09-01 09:00') } },
    ]);
  });

  it('is applied for, where nobody reported a receipt, when it was accepted, also by silence', () => {
    const complement = (received: string): CaseBuilder =>
      aCase('renewed')
        .event('case.correction-requested', '2026-08-10 10:00', expires)
        .event('case.correction-received', received);
    const silence = at('2026-09-30 23:59:59') + 1;
    expect(look(complement('2026-08-31 10:00'), silence).outcome).toBe('granted');
    expect(look(complement('2026-09-01 10:00'), silence).outcome).toBeNull();
  });

  it('has ten working days for the permit', () => {
    const granted = look(renewal('renewed', '2026-08-28 10:00'), at('2026-10-01'));
    expect(clockOf(granted, 'issuance')).toMatchObject({ limit: '10wd' });
  });

  it('has no clock where the item says so, or where nobody said when the permit expires', () => {
    expect(clockOf(look(renewal('never', '2026-08-28 10:00'), at('2026-10-01')), 'renewal')).toBeUndefined();
    const without = aCase('renewed').accepted('2026-09-14 10:00');
    expect(clockOf(look(without, at('2026-10-01')), 'renewal')).toBeUndefined();
  });

  it('and a promise: the first to run out grants, at one instant the renewal', () => {
    const first = look(renewal('both', '2026-08-28 10:00'), at('2026-10-01'));
    expect(clockOf(first, 'issuance')).toMatchObject({ startedAt: at('2026-09-03'), limit: '3wd' });
    const together = aCase('both')
      .event('case.submitted', '2026-07-10 10:00', { permitExpiresAt: '2026-09-17T23:59:59.999+08:00' })
      .event('case.correction-requested', '2026-07-13 10:00')
      .accepted('2026-09-14 10:00');
    expect(clockOf(look(together, at('2026-10-01')), 'issuance')).toMatchObject({
      startedAt: DUE + 1,
      limit: '10wd',
    });
  });
});

it('tells the same whatever the order of arrival', () => {
  const { events } = aCase('silent')
    .submitted('2026-09-14 09:00')
    .accepted('2026-09-14 10:00')
    .suspended('2026-09-15 10:00')
    .resumed('2026-09-16 10:00')
    .delivered('2026-09-24 10:00')
    .decided('2026-09-23 10:00', 'refused');
  const calm = judgeCase('C-1', events, BOOK);
  expect(judgeCase('C-1', [...events].reverse(), BOOK)).toEqual(calm);
  expect(calm.outcome).toBe('granted');
});
