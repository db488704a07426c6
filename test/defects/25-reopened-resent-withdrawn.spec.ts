import type { StepEventData, StepEventType } from '@mingjian/contracts';
import { judgeCase, verdictAt, type CaseVerdict } from '@mingjian/rules';
import { aCase, at, bookOf } from '../../libs/rules/src/testing/builders';

const BOOK = bookOf({
  A: {
    name: '许可',
    promise: '7wd',
    statutory: '20wd',
    delivery: '10wd',
    steps: { review: { limit: '2wd' } },
  },
});

type Reported = [when: string, type: StepEventType, data?: StepEventData];

function judged(events: readonly Reported[], when: string): CaseVerdict & { outcome: string | null } {
  const built = aCase('A');
  for (const [time, type, data] of events) built.event(type, time, data);
  const tracks = judgeCase('C-1', built.events, BOOK);
  return { ...verdictAt(tracks, at(when)), outcome: tracks.outcome };
}

const SUBMITTED: Reported = ['2026-09-07 09:00', 'case.submitted'];
const ACCEPTED: Reported = ['2026-09-07 10:00', 'case.accepted'];

/** The promise of a case accepted on 7 September ends with 16 September. */
describe('defect 25: what comes back, is sent again or is withdrawn', () => {
  it.each<[string, Reported[], string, Partial<CaseVerdict & { outcome: string | null }>]>([
    [
      'withdrawn: closed, and never red afterwards',
      [SUBMITTED, ACCEPTED, ['2026-09-10 10:00', 'case.withdrawn']],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'withdrawn', nextChangeAt: null },
    ],
    [
      'withdrawn when it was late already: stays red',
      [SUBMITTED, ACCEPTED, ['2026-09-17 10:00', 'case.withdrawn']],
      '2026-11-01',
      { open: false, light: 'red', outcome: 'withdrawn' },
    ],
    [
      'decided after it was withdrawn: the withdrawal counts',
      [SUBMITTED, ACCEPTED, ['2026-09-10 10:00', 'case.withdrawn'], ['2026-10-20 10:00', 'case.decided']],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'withdrawn' },
    ],
    [
      'returned: closed with the return',
      [SUBMITTED, ACCEPTED, ['2026-09-10 10:00', 'case.returned']],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'returned' },
    ],
    [
      'voided while suspended: held no longer',
      [
        SUBMITTED,
        ACCEPTED,
        ['2026-09-08 10:00', 'case.suspended', { daysApplied: 3 }],
        ['2026-09-09 10:00', 'case.voided'],
      ],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'voided', nextChangeAt: null },
    ],
    [
      'refused: nothing to deliver',
      [SUBMITTED, ACCEPTED, ['2026-09-10 10:00', 'case.decided', { result: 'refused' }]],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'refused' },
    ],
    [
      'decided twice: the earliest decision counts, in whatever order they came',
      [
        SUBMITTED,
        ACCEPTED,
        ['2026-10-20 10:00', 'case.decided', { result: 'refused' }],
        ['2026-09-10 10:00', 'case.decided', { result: 'refused' }],
      ],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'refused' },
    ],
    [
      'submitted again with its number while it runs: the first receipt and acceptance count',
      [SUBMITTED, ACCEPTED, ['2026-09-15 09:00', 'case.submitted'], ['2026-09-15 10:00', 'case.accepted']],
      '2026-09-18',
      { open: true, light: 'red', clock: 'promise', outcome: null },
    ],
    [
      'submitted again with its number after it was withdrawn: the end stands',
      [
        SUBMITTED,
        ACCEPTED,
        ['2026-09-10 10:00', 'case.withdrawn'],
        ['2026-09-14 09:00', 'case.submitted'],
        ['2026-09-14 10:00', 'case.accepted'],
      ],
      '2026-11-01',
      { open: false, light: 'green', outcome: 'withdrawn' },
    ],
    [
      'a step done again has a second clock with a limit of its own',
      [
        SUBMITTED,
        ACCEPTED,
        ['2026-09-07 11:00', 'step.started', { step: 'review' }],
        ['2026-09-08 11:00', 'step.finished', { step: 'review' }],
        ['2026-09-10 11:00', 'step.started', { step: 'review' }],
      ],
      '2026-09-15 09:00',
      { open: true, light: 'yellow', stepLight: 'red', outcome: null },
    ],
  ])('defect 25: %s', (_what, events, when, expected) => {
    expect(judged(events, when)).toMatchObject(expected);
  });

  it('defect 25: a withdrawal that is taken back leaves the case as if it had never been sent', () => {
    const withdrawn = aCase('A')
      .event('case.accepted', '2026-09-07 10:00')
      .event('case.withdrawn', '2026-09-10 10:00', {}, 'gone');
    const back = [...withdrawn.event('event.retracted', '2026-09-11 10:00', { retracts: 'gone' }).events];
    const verdict = verdictAt(judgeCase('C-1', back, BOOK), at('2026-09-17'));
    expect(verdict).toMatchObject({ open: true, light: 'red', clock: 'promise' });
  });

  it('defect 25: an application sent anew under another number is a case of its own', () => {
    const first = aCase('A', 'C-1').accepted('2026-09-07 10:00').event('case.withdrawn', '2026-09-10 10:00');
    const second = aCase('A', 'C-2').accepted('2026-09-14 10:00');
    const when = at('2026-09-22 09:00');
    expect(verdictAt(judgeCase('C-1', first.events, BOOK), when)).toMatchObject({
      open: false,
      light: 'green',
    });
    expect(verdictAt(judgeCase('C-2', second.events, BOOK), when)).toMatchObject({
      open: true,
      light: 'yellow',
    });
  });
});
