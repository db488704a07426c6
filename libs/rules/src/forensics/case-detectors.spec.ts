import type { StepEventData, TimelineEvent } from '@mingjian/contracts';
import { judgeCase, RuleBook } from '../index';
import { aCase, at, bookOf, OFFICE_2026, rulesetOf, type CaseBuilder } from '../testing/builders';
import { contradicts } from './contradicts';
import { Examination } from './examination';

const ITEMS = {
  A: {
    name: 'permit',
    department: 'housing',
    promise: '7wd',
    statutory: '20wd',
    delivery: 'none',
    steps: { handle: {}, review: {}, approve: {} },
  },
};

function bookWith(forensics: object): RuleBook {
  const parsed = rulesetOf(ITEMS);
  const document = { ...parsed, forensics: { ...parsed.forensics, ...forensics } };
  return new RuleBook([document], new Map([[OFFICE_2026.id, OFFICE_2026]]));
}

/** The kinds found of some cases, with the subject, in September 2026; without what is said of months and sources. */
function kinds(cases: readonly CaseBuilder[], forensics: object = {}): string[] {
  const examination = new Examination(bookWith(forensics), at('2026-09-01 00:00'), at('2026-10-31 23:59'));
  for (const { caseNo, events } of cases) examination.add(caseNo, events);
  return examination
    .result()
    .findings.filter(({ scope }) => scope === 'case')
    .map(({ kind, subject }) => `${kind} ${subject}`);
}

const accepted = (caseNo = 'C-1', data: StepEventData = {}): CaseBuilder =>
  aCase('A', caseNo).accepted('2026-09-14 10:00', data);

/** The same events, each received so many minutes after it happened unless said otherwise. */
function received(made: CaseBuilder, of: Readonly<Record<number, string>>, minutes = 1): CaseBuilder {
  for (const [index, event] of made.events.entries()) {
    const said = of[index];
    event.receivedAt = said === undefined ? event.occurredAt + minutes * 60_000 : at(said);
  }
  return made;
}

describe('what is recorded late', () => {
  const decided = (): CaseBuilder =>
    accepted().stepFinished('handle', '2026-09-16 10:00').decided('2026-09-17 10:00');

  it('is a finding from the instant after one working day at the same time of day', () => {
    expect(kinds([received(decided(), { 2: '2026-09-18 10:00' })])).toEqual([]);
    expect(kinds([received(decided(), { 2: '2026-09-18 10:00:00.001' })])).toEqual(['recorded-late C-1']);
  });

  it('is none over a weekend, when nobody works', () => {
    const friday = received(accepted().decided('2026-09-11 16:00'), { 1: '2026-09-14 09:10' });
    expect(kinds([friday])).toEqual([]);
  });

  it('is none without an instant of receipt', () => expect(kinds([decided()])).toEqual([]));

  it('is back-dated where something later had been received well before', () => {
    const late = received(accepted().decided('2026-09-15 10:00').delivered('2026-09-16 10:00'), {
      1: '2026-09-18 10:00',
    });
    expect(kinds([late])).toEqual(['back-dated C-1']);
    // Everything sent together, in whatever order: told late, not told otherwise.
    const together = received(accepted().decided('2026-09-15 10:00').delivered('2026-09-16 10:00'), {
      0: '2026-09-18 10:00',
      1: '2026-09-18 10:01',
      2: '2026-09-18 10:00',
    });
    expect(kinds([together])).toEqual(['recorded-late C-1']);
  });

  it('is serious where the limit ran out between what is said and its receipt', () => {
    const severity = (receivedAt: string): string | undefined => {
      const examination = new Examination(bookWith({}), at('2026-09-01 00:00'), at('2026-10-31 23:59'));
      const late = received(accepted().decided('2026-09-21 10:00'), { 1: receivedAt });
      examination.add('C-1', late.events);
      return examination.result().findings.find(({ kind }) => kind === 'recorded-late')?.severity;
    };
    // Seven working days from the 14th, the 20th being worked: due at the end of the 22nd.
    expect(severity('2026-09-22 23:00')).toBe('warning');
    expect(severity('2026-09-23 00:00')).toBe('serious');
  });

  it('is none where it is usual for the source, and the source is told of instead', () => {
    const slow = Array.from({ length: 40 }, (_, n) =>
      received(aCase('A', `C-${n}`).accepted('2026-09-14 10:00'), { 0: '2026-09-17 10:00' }),
    );
    expect(kinds(slow)).toEqual([]);
    const examination = new Examination(bookWith({}), at('2026-09-01 00:00'), at('2026-10-31 23:59'));
    for (const { caseNo, events } of slow) examination.add(caseNo, events);
    expect(examination.result().findings.map(({ kind }) => kind)).toContain('source-records-late');
  });
});

describe('steps of one second', () => {
  const fabricated = (third: string): CaseBuilder =>
    accepted()
      .stepFinished('handle', '2026-09-16 10:00:01')
      .stepFinished('review', '2026-09-16 10:00:01.500')
      .stepFinished('approve', third);

  it('are a finding from the third different step on', () => {
    expect(kinds([fabricated('2026-09-16 10:00:01.999')])).toEqual(['steps-in-one-second C-1']);
    expect(kinds([fabricated('2026-09-16 10:00:02')])).toEqual([]);
  });

  it('are none where the source says that its format has no times of steps', () => {
    const honest = fabricated('2026-09-16 10:00:01.999');
    for (const event of honest.events) event.data = { ...event.data, cannotExpress: ['step-times'] };
    expect(kinds([honest])).toEqual([]);
  });

  it('are none where the source writes whole minutes: nobody could tell', () => {
    const minutes = Array.from({ length: 10 }, (_, n) =>
      aCase('A', `C-${n}`)
        .accepted('2026-09-14 10:00')
        .stepFinished('handle', '2026-09-16 10:05')
        .stepFinished('review', '2026-09-16 10:05')
        .stepFinished('approve', '2026-09-16 10:05'),
    );
    expect(kinds(minutes)).toEqual([]);
  });
});

describe('work outside hours', () => {
  it('begins at 22:00 and ends at 6:00', () => {
    const at = (when: string): string[] => kinds([accepted().decided(when)]);
    expect(at('2026-09-15 21:59:59')).toEqual([]);
    expect(at('2026-09-15 22:00')).toEqual(['outside-hours C-1']);
    expect(at('2026-09-15 05:59:59')).toEqual(['outside-hours C-1']);
    expect(at('2026-09-15 06:00')).toEqual([]);
  });

  it('is found on a Saturday and a holiday, and not on a Sunday that is worked', () => {
    expect(kinds([accepted().decided('2026-09-19 10:00')])).toEqual(['outside-hours C-1']);
    expect(kinds([accepted().decided('2026-09-20 10:00')])).toEqual([]);
    expect(kinds([accepted().decided('2026-09-25 10:00')])).toEqual(['outside-hours C-1']);
  });

  it('is none of the applicant, nor of a step that begins by itself', () => {
    const online = aCase('A')
      .submitted('2026-09-13 23:30')
      .accepted('2026-09-14 10:00')
      .stepStarted('handle', '2026-09-14 23:00');
    expect(kinds([online])).toEqual([]);
  });

  it('is none where a time of day stands for a date', () => {
    const dates = Array.from({ length: 40 }, (_, n) =>
      aCase('A', `C-${n}`).accepted('2026-09-14 10:00').decided('2026-09-16 01:06:40'),
    );
    expect(kinds(dates)).toEqual([]);
  });
});

describe('the order of what happened', () => {
  it('is broken by a step that finished before the one before it', () => {
    const steps = (review: string): CaseBuilder =>
      accepted()
        .stepStarted('handle', '2026-09-14 11:00')
        .stepStarted('review', '2026-09-14 11:30')
        .stepFinished('review', review)
        .stepFinished('handle', '2026-09-16 10:00');
    expect(kinds([steps('2026-09-16 09:59')])).toEqual(['finished-before-predecessor C-1']);
    expect(kinds([steps('2026-09-16 10:00')])).toEqual([]);
  });

  it('is broken by a step done again, or a second decision, after the decision', () => {
    const decided = (): CaseBuilder =>
      accepted().stepFinished('review', '2026-09-15 10:00').decided('2026-09-16 10:00');
    expect(kinds([decided().stepFinished('review', '2026-09-17 10:00')])).toEqual([
      'reopened-after-decision C-1',
    ]);
    expect(kinds([decided().decided('2026-09-17 10:00')])).toEqual(['reopened-after-decision C-1']);
    // 制证: a step that comes after the decision by nature.
    expect(kinds([decided().stepFinished('certify', '2026-09-17 10:00')])).toEqual([]);
  });
});

describe('filing again', () => {
  const APPLICANT = { applicant: '0123456789abcdef' };
  const withdrawn = (when: string, applicant: StepEventData = APPLICANT): CaseBuilder =>
    accepted('C-1', applicant).event('case.withdrawn', when);
  const again = (when: string, applicant: StepEventData = APPLICANT): CaseBuilder =>
    aCase('A', 'C-2').accepted(when, applicant);

  it('is a finding when most of the promise had been used up', () => {
    expect(kinds([withdrawn('2026-09-21 16:00'), again('2026-09-22 10:00')])).toEqual(['filed-again C-2']);
    expect(kinds([withdrawn('2026-09-16 16:00'), again('2026-09-17 10:00')])).toEqual([]);
  });

  it('is none of somebody else, nor after a decision, nor weeks later, nor where nobody knows who applied', () => {
    const other = { applicant: 'fedcba9876543210' };
    expect(kinds([withdrawn('2026-09-21 16:00'), again('2026-09-22 10:00', other)])).toEqual([]);
    expect(
      kinds([accepted('C-1', APPLICANT).decided('2026-09-21 16:00'), again('2026-09-22 10:00')]),
    ).toEqual([]);
    expect(kinds([withdrawn('2026-09-21 16:00'), again('2026-10-20 10:00')])).toEqual([]);
    expect(kinds([withdrawn('2026-09-21 16:00', {}), again('2026-09-22 10:00', {})])).toEqual([]);
  });

  it('is a finding from the third time on, however early each ended', () => {
    const third = aCase('A', 'C-3').accepted('2026-09-18 10:00', APPLICANT);
    const second = again('2026-09-16 10:00').event('case.returned', '2026-09-17 10:00');
    expect(kinds([withdrawn('2026-09-15 16:00'), second, third])).toEqual(['filed-again C-3']);
  });
});

describe('what an applicant says against the record', () => {
  const TAG = '无理由超过法定办理时间';
  const ratedAfter = (decided: string, data: StepEventData): CaseBuilder =>
    accepted()
      .decided(decided)
      .event('case.rated', '2026-09-30 10:00', { grade: 1, ...data });

  it('is a finding where every limit was kept, by its tag or its reason', () => {
    expect(kinds([ratedAfter('2026-09-17 10:00', { tags: [TAG] })])).toEqual([
      'applicant-contradicts-record C-1',
    ]);
    expect(kinds([ratedAfter('2026-09-17 10:00', { reason: TAG })])).toEqual([
      'applicant-contradicts-record C-1',
    ]);
    expect(kinds([ratedAfter('2026-09-17 10:00', { tags: ['服务态度差'] })])).toEqual([]);
  });

  it('is none where the record says the same', () =>
    expect(kinds([ratedAfter('2026-09-29 10:00', { tags: [TAG] })])).toEqual([]));

  it('can be asked of any complaint: only what had run out by then counts, and unknown is no contradiction', () => {
    const tracks = (events: readonly TimelineEvent[]) => judgeCase('C-1', events, bookOf(ITEMS));
    const open = tracks(accepted().events);
    expect(contradicts({ at: at('2026-09-16 10:00'), saysLate: true }, open)).toBe(true);
    expect(contradicts({ at: at('2026-09-23 10:00'), saysLate: true }, open)).toBe(false);
    expect(contradicts({ at: at('2026-09-16 10:00'), saysLate: false }, open)).toBe(false);
    const unknown = tracks(aCase('Z').accepted('2026-09-14 10:00').events);
    expect(contradicts({ at: at('2026-09-16 10:00'), saysLate: true }, unknown)).toBe(false);
  });
});
