import { ComplaintRules, type ActEvent, type ComplaintAct, type ComplaintRecord } from '@mingjian/contracts';
import { OFFICE_2026 } from '../testing/builders';
import { complaintAt, foldComplaint, refuseComplaintAct, reviewUntil } from './index';

/* What this spec guarantees: 复查 and 复核 of a petition follow from its acts, the policy, the calendar and the instant; each list of
   acts gives the same, whenever its acts were told of. */

const PETITION = ComplaintRules.parse({}).policies['petition']!;
const at = (day: string): number => Date.parse(`2026-${day}T10:00:00+08:00`);
const end = (day: string): number => Date.parse(`2026-${day}T23:59:59.999+08:00`);
const ACTOR = { id: 'u1', name: '监察员' };
const REGISTERED: ComplaintRecord = {
  ...{ type: 'registered', no: '投诉〔2026〕1号', person: null, realName: false, repeatOf: null },
  ...{
    policy: 'petition',
    channel: 'web',
    kind: 'refusal',
    department: 'housing',
    title: '题',
    request: '文',
  },
};
type Step = readonly [day: string, act: ComplaintRecord];
const CLOSED: readonly Step[] = [
  ['08-31', REGISTERED],
  ['09-01', { type: 'accepted' }],
  ['09-01', { type: 'replied', text: '文' }],
  ['09-02', { type: 'verified', verdict: 'invalid', reason: '因' }],
  ['09-02', { type: 'closed' }],
];
const ASKED: ComplaintRecord = { type: 'review-requested', organ: '市局', reason: '因' };
const ANSWERED: ComplaintRecord = { type: 'review-decided', outcome: 'changed', opinion: '文' };
const NOT_ACCEPTED: ComplaintRecord = { type: 'review-refused', reason: '因' };
const ASKED_AGAIN: ComplaintRecord = { type: 'recheck-requested', organ: '市政府', reason: '因' };
const CONCLUDED: ComplaintRecord = { type: 'recheck-decided', outcome: 'maintained', opinion: '文' };
const NOT_ACCEPTED_AGAIN: ComplaintRecord = { type: 'recheck-refused', reason: '因' };

/** Events in the order in which they were told of, each at ten in the morning of its day. */
function events(...steps: readonly Step[]): ActEvent<ComplaintRecord>[] {
  return steps.map(([day, act], index) => ({
    seq: index + 1,
    at: at('12-01'),
    actor: ACTOR,
    act: { ...act, happenedAt: at(day) + index },
  }));
}
const factsOf = (...steps: readonly Step[]) => foldComplaint(events(...CLOSED, ...steps));
const look = (day: string, ...steps: readonly Step[]) =>
  complaintAt(factsOf(...steps), PETITION, OFFICE_2026, at(day));
const refusal = (act: ComplaintRecord, day: string, ...steps: readonly Step[]) =>
  refuseComplaintAct(
    act as ComplaintAct,
    factsOf(...steps),
    look(day, ...steps),
    PETITION,
    OFFICE_2026,
    at(day),
  );

describe('the review of a petition', () => {
  it('may be asked for within thirty days of the opinion, and 复核 within thirty of the decision', () => {
    // The thirtieth day of the first, 2 October, is a holiday.
    expect(reviewUntil(factsOf(), PETITION, OFFICE_2026)).toBe(end('10-08'));
    const decided: Step[] = [
      ['09-10', ASKED],
      ['09-21', ANSWERED],
    ];
    expect(reviewUntil(factsOf(...decided), PETITION, OFFICE_2026)).toBe(end('10-21'));
    expect(refusal(ASKED, '10-08')).toBeNull();
    expect(refusal(ASKED, '10-09')).toBe('review-too-late');
    expect(refusal(ASKED_AGAIN, '10-22', ...decided)).toBe('review-too-late');
    expect(reviewUntil(factsOf(), { ...PETITION, review: 'none' }, OFFICE_2026)).toBeNull();
  });

  it('that is not accepted ends its clock and moves no time', () => {
    const refused: Step[] = [
      ['09-10', ASKED],
      ['09-20', NOT_ACCEPTED],
    ];
    expect(factsOf(...refused)).toMatchObject({ state: 'closed', endedAt: at('09-20') + 6, misplaced: [] });
    expect(reviewUntil(factsOf(...refused), PETITION, OFFICE_2026)).toBe(end('10-08'));
    expect(look('12-01', ...refused)).toMatchObject({ light: 'green', nextChangeAt: null });
    expect(refusal(ASKED, '10-08', ...refused)).toBeNull();
    expect(refusal(NOT_ACCEPTED, '09-21', ...refused)).toBe('wrong-state');
    const again: Step[] = [...refused, ['10-08', ASKED]];
    expect(look('10-09', ...again)).toMatchObject({ clock: 'review#2', dueAt: end('11-09') });
    const recheck: Step[] = [...again, ['10-20', ANSWERED], ['10-21', ASKED_AGAIN]];
    const back = factsOf(...recheck, ['10-30', NOT_ACCEPTED_AGAIN]);
    expect(back).toMatchObject({ state: 'reviewed', misplaced: [] });
    // Thirty days of 20 October end on a Thursday.
    expect(reviewUntil(back, PETITION, OFFICE_2026)).toBe(end('11-19'));
  });

  it('by 复核 is decided within thirty days, without those of a hearing, and then is over', () => {
    const asked: Step[] = [
      ['09-10', ASKED],
      ['09-21', ANSWERED],
      ['10-08', ASKED_AGAIN],
    ];
    const hearing = (from: string, until: string): ComplaintRecord => ({
      ...{ type: 'hearing-held', from: `2026-${from}T09:00:00+08:00`, until: `2026-${until}T09:00:00+08:00` },
    });
    expect(look('10-09', ...asked)).toMatchObject({ clock: 'recheck#1', dueAt: end('11-09') });
    const week = hearing('10-12', '10-19');
    expect(refusal(week, '10-19', ...asked)).toBeNull();
    for (const [from, until] of [
      ['10-07', '10-12'],
      ['10-12', '10-12'],
      ['10-12', '10-20'],
    ] as const)
      expect(refusal(hearing(from, until), '10-19', ...asked)).toBe('hearing-out-of-order');
    expect(look('10-20', ...asked, ['10-19', week])).toMatchObject({ dueAt: end('11-16') });
    const over = factsOf(...asked, ['11-10', CONCLUDED]);
    expect(over).toMatchObject({ state: 'rechecked', endedAt: at('11-10') + 8 });
    expect(complaintAt(over, PETITION, OFFICE_2026, at('12-01')).light).toBe('yellow');
    // Told of after the decision: the hearing takes its place, and the decision was in time.
    expect(look('12-01', ...asked, ['11-10', CONCLUDED], ['10-19', week]).light).toBe('green');
  });
});
