import type { StepEventData, StepEventType, TimelineEvent } from '@mingjian/contracts';
import { STEP_EVENT_TYPES } from '@mingjian/contracts';
import { compareEvents, foldTimeline, timelineOf } from './fold-timeline';

const event = (
  type: StepEventType,
  occurredAt: number,
  data: StepEventData = {},
  more: Partial<TimelineEvent> = {},
): TimelineEvent => ({
  source: 'urn:test',
  id: `${type}@${occurredAt}`,
  type,
  caseNo: 'C-1',
  occurredAt,
  receivedAt: null,
  data,
  ...more,
});
const fold = (...events: TimelineEvent[]) => foldTimeline('C-1', events);
const kinds = ({ findings }: ReturnType<typeof fold>): string[] =>
  findings.map(({ detail }) => String(detail.kind));

describe('the order of a timeline', () => {
  it('is by instant, then by place in the procedure, then by source and id', () => {
    expect(compareEvents(event('case.decided', 1), event('case.submitted', 2))).toBeLessThan(0);
    expect(compareEvents(event('case.submitted', 1), event('case.decided', 1))).toBeLessThan(0);
    expect(
      compareEvents(
        event('fee.charged', 1, {}, { source: 'urn:b' }),
        event('fee.charged', 1, {}, { source: 'urn:a' }),
      ),
    ).toBeGreaterThan(0);
    expect(
      compareEvents(
        event('fee.charged', 1, {}, { source: 'urn:a' }),
        event('fee.charged', 1, {}, { source: 'urn:b' }),
      ),
    ).toBeLessThan(0);
    expect(
      compareEvents(event('fee.charged', 1, {}, { id: 'a' }), event('fee.charged', 1, {}, { id: 'b' })),
    ).toBe(-1);
    expect(
      compareEvents(event('fee.charged', 1, {}, { id: 'b' }), event('fee.charged', 1, {}, { id: 'a' })),
    ).toBe(1);
    expect(compareEvents(event('fee.charged', 1), event('fee.charged', 1))).toBe(0);
  });

  it('has one place for each type of event, in the order of the procedure', () => {
    const sorted = [...STEP_EVENT_TYPES].reverse().sort((a, b) => compareEvents(event(a, 1), event(b, 1)));
    expect(sorted.slice(0, 5)).toEqual([
      'case.submitted',
      'case.correction-requested',
      'case.correction-received',
      'case.accepted',
      'case.not-accepted',
    ]);
    expect(sorted.indexOf('step.started')).toBeLessThan(sorted.indexOf('step.finished'));
    expect(sorted.indexOf('case.suspended')).toBeLessThan(sorted.indexOf('case.resumed'));
    expect(sorted.indexOf('case.resumed')).toBeLessThan(sorted.indexOf('case.extended'));
    expect(sorted.indexOf('case.extended')).toBeLessThan(sorted.indexOf('case.decided'));
    expect(sorted.indexOf('case.decided')).toBeLessThan(sorted.indexOf('case.delivered'));
    expect(sorted.at(-1)).toBe('event.retracted');
    for (const a of STEP_EVENT_TYPES)
      for (const b of STEP_EVENT_TYPES) expect(compareEvents(event(a, 1), event(b, 1)) === 0).toBe(a === b);
  });
});

describe('the facts of a case', () => {
  it('of no event are nothing at all', () => {
    expect(fold()).toMatchObject({
      caseNo: 'C-1',
      firstEventAt: 0,
      item: null,
      acceptedAt: null,
      findings: [],
    });
  });

  it('take the earliest of several receipts, acceptances, refusals, decisions and deliveries', () => {
    const facts = fold(
      ...(['case.submitted', 'case.accepted', 'case.not-accepted', 'case.delivered'] as const).flatMap(
        (type) => [event(type, 20), event(type, 10), event(type, 30)],
      ),
      event('case.decided', 40, { result: 'refused' }),
      event('case.decided', 35, { result: 'granted' }),
    );
    expect(facts).toMatchObject({
      firstEventAt: 10,
      submittedAt: 10,
      acceptedAt: 10,
      notAcceptedAt: 10,
      deliveredAt: 10,
      laterDeliveries: [20, 30],
      decidedAt: 35,
      result: 'granted',
    });
  });

  it('leave out what no event says', () => {
    const facts = fold(event('case.accepted', 1), event('case.rated', 2));
    expect(facts).toMatchObject({ department: null, stepDepartment: null, district: null, hall: null });
    expect(new Set(Object.values(facts.carried))).toEqual(new Set([null]));
    expect(facts).toMatchObject({ ...fold(event('case.accepted', 1)), hearing: fold().hearing });
  });

  it('have each assignment of inspectors, each hearing and each rating with its answers', () => {
    const facts = fold(
      event('inspectors.assigned', 1, { inspectors: 2 }),
      event('inspectors.assigned', 2),
      event('hearing.requested', 3),
      event('case.rated', 4, { grade: 2, realName: true }),
      event('rating.contacted', 5),
    );
    expect(facts.assignments).toEqual([
      { eventId: 'inspectors.assigned@1', at: 1, inspectors: 2 },
      { eventId: 'inspectors.assigned@2', at: 2, inspectors: 0 },
    ]);
    expect(facts.hearing).toEqual({
      informedAt: null,
      requests: [{ eventId: 'hearing.requested@3', at: 3, informedAt: null }],
      notifiedAt: [],
      heldAt: [],
    });
    expect(facts.ratings?.ratings).toHaveLength(1);
    expect(facts.ratings?.answers).toEqual([{ at: 5, type: 'contact', rating: null }]);
  });

  it('have a decision without a result', () => {
    expect(fold(event('case.decided', 1))).toMatchObject({ decidedAt: 1, result: null });
  });

  it.each([
    ['case.forwarded', 'forwarded'],
    ['case.withdrawn', 'withdrawn'],
    ['case.returned', 'returned'],
    ['case.voided', 'voided'],
  ] as const)('take the first end: %s', (type, outcome) => {
    expect(fold(event('case.voided', 20), event('case.withdrawn', 30), event(type, 10)).ended).toEqual({
      at: 10,
      outcome,
    });
  });

  it('keep every return and every charge that is one', () => {
    const facts = fold(
      event('case.returned', 1),
      event('case.returned', 2),
      event('fee.charged', 3, { amount: 10 }),
      event('fee.charged', 4, { amount: 0 }),
      event('fee.charged', 5),
      event('fee.charged', 6, { amount: 0.5 }),
    );
    expect(facts.returns).toEqual([1, 2]);
    expect(facts.fees).toEqual([
      { at: 3, amount: 10 },
      { at: 6, amount: 0.5 },
    ]);
  });

  it('keep the first item, and say which event names another', () => {
    const facts = fold(
      event('case.submitted', 1, { item: 'A' }),
      event('case.accepted', 2, { item: 'A' }),
      event('case.decided', 3, { item: 'B' }),
    );
    expect(facts.item).toBe('A');
    expect(facts.findings).toEqual([
      {
        code: 'DQ-9',
        severity: 'warning',
        ref: 'item:case.decided@3',
        at: 3,
        detail: { kind: 'item-contradicts-earlier-event', known: 'A', said: 'B' },
      },
    ]);
  });

  it('take the department from what is not a step, and the first one that any event names beside it', () => {
    const facts = fold(
      event('step.started', 1, { step: 's', department: 'one' }),
      event('step.finished', 2, { step: 's', department: 'two' }),
      event('case.accepted', 3, { department: 'three' }),
      event('case.decided', 4, { department: 'four' }),
    );
    expect(facts).toMatchObject({ department: 'three', stepDepartment: 'one' });
  });

  it('take the first district, hall and carried limit that is said', () => {
    const facts = fold(
      event('case.submitted', 1, {
        district: 'd-1',
        promiseLimit: '7wd',
        promiseDueAt: '2026-09-14T10:00:00Z',
      }),
      event('case.accepted', 2, {
        district: 'd-2',
        hall: 'h-2',
        promiseLimit: '9wd',
        statutoryLimit: '20wd',
        promiseDueAt: '2026-09-15T10:00:00Z',
        statutoryDueAt: '2026-09-16T10:00:00Z',
        permitExpiresAt: '2026-09-17T10:00:00Z',
      }),
      event('case.decided', 3, {
        hall: 'h-3',
        statutoryLimit: '30wd',
        statutoryDueAt: '2026-10-16T10:00:00Z',
        permitExpiresAt: '2026-10-17T10:00:00Z',
      }),
    );
    expect(facts).toMatchObject({ district: 'd-1', hall: 'h-2' });
    expect(facts.carried).toEqual({
      promiseLimit: '7wd',
      statutoryLimit: '20wd',
      promiseDueAt: Date.parse('2026-09-14T10:00:00Z'),
      statutoryDueAt: Date.parse('2026-09-16T10:00:00Z'),
      permitExpiresAt: Date.parse('2026-09-17T10:00:00Z'),
    });
  });

  it('give each complement to the earliest notice that waits for one', () => {
    const facts = fold(
      event('case.correction-requested', 1),
      event('case.correction-requested', 2),
      event('case.correction-received', 3),
      event('case.correction-received', 4),
      event('case.correction-received', 5),
    );
    expect(facts.corrections).toEqual([
      { eventId: 'case.correction-requested@1', requestedAt: 1, receivedAt: 3 },
      { eventId: 'case.correction-requested@2', requestedAt: 2, receivedAt: 4 },
    ]);
    expect(facts.findings).toEqual([
      {
        code: 'DQ-3',
        severity: 'warning',
        ref: 'correction-received-without-request:case.correction-received@5',
        at: 5,
        detail: { kind: 'correction-received-without-request', event: 'case.correction-received@5' },
      },
    ]);
  });

  it('keep extensions as they were reported, also without what they need', () => {
    const facts = fold(
      event('case.extended', 1, { days: 5, approver: 'a', notice: 'n' }),
      event('case.extended', 2),
    );
    expect(facts.extensions).toEqual([
      { eventId: 'case.extended@1', at: 1, days: 5, approver: 'a', notice: 'n', cannotExpress: [] },
      { eventId: 'case.extended@2', at: 2, days: 0, approver: null, notice: null, cannotExpress: [] },
    ]);
  });
});

describe('the steps of a case', () => {
  it('have runs: started, finished, and begun again', () => {
    const facts = fold(
      event('step.started', 1, { step: 's', post: 'p', department: 'd', cannotExpress: [] }),
      event('step.started', 2, { step: 't' }),
      event('step.finished', 3, { step: 's' }),
      event('step.started', 4, { step: 's' }),
    );
    expect(facts.steps).toEqual([
      { step: 's', run: 1, startedAt: 1, finishedAt: 3, post: 'p', department: 'd', cannotExpress: [] },
      { step: 't', run: 1, startedAt: 2, finishedAt: null, post: null, department: null, cannotExpress: [] },
      { step: 's', run: 2, startedAt: 4, finishedAt: null, post: null, department: null, cannotExpress: [] },
    ]);
    expect(facts.findings).toEqual([]);
  });

  it('started twice keep the first start', () => {
    const facts = fold(event('step.started', 1, { step: 's' }), event('step.started', 2, { step: 's' }));
    expect(facts.steps).toHaveLength(1);
    expect(facts.steps[0]).toMatchObject({ startedAt: 1, finishedAt: null });
    expect(kinds(facts)).toEqual(['step-started-twice']);
  });

  it('finished without a start keep the end, and invent no start', () => {
    const facts = fold(
      event('step.finished', 1, { step: 's', post: 'p' }),
      event('step.started', 2, { step: 's' }),
      event('step.finished', 3),
    );
    expect(facts.steps).toEqual([
      { step: 's', run: 1, startedAt: null, finishedAt: 1, post: 'p', department: null, cannotExpress: [] },
      { step: 's', run: 2, startedAt: 2, finishedAt: null, post: null, department: null, cannotExpress: [] },
      { step: '', run: 1, startedAt: null, finishedAt: 3, post: null, department: null, cannotExpress: [] },
    ]);
  });
});

describe('the suspensions of a case', () => {
  const ends = (facts: ReturnType<typeof fold>): (number | null)[] => facts.suspensions.map(({ to }) => to);

  it('keep what was reported about them', () => {
    const data = { ground: '听证', notice: 'n', approver: 'a', daysApplied: 3 };
    expect(fold(event('case.suspended', 1, data), event('case.suspended', 2)).suspensions).toEqual([
      { eventId: 'case.suspended@1', from: 1, to: null, ...data, cannotExpress: [] },
      {
        eventId: 'case.suspended@2',
        from: 2,
        to: null,
        ground: null,
        notice: null,
        approver: null,
        daysApplied: null,
        cannotExpress: [],
      },
    ]);
  });

  it('end with the resumption that names them', () => {
    const facts = fold(
      event('case.suspended', 1),
      event('case.suspended', 2),
      event('case.resumed', 3, { suspension: 'case.suspended@2' }),
    );
    expect(ends(facts)).toEqual([null, 3]);
    expect(facts.findings).toEqual([]);
  });

  it('end with the resumption on their ground, else the one open for longest does', () => {
    const both = [
      event('case.suspended', 1, { ground: '检验' }),
      event('case.suspended', 2, { ground: '听证' }),
    ];
    expect(ends(fold(...both, event('case.resumed', 3, { ground: '听证' })))).toEqual([null, 3]);
    expect(ends(fold(...both, event('case.resumed', 3, { ground: '鉴定' })))).toEqual([3, null]);
    expect(ends(fold(...both, event('case.resumed', 3)))).toEqual([3, null]);
    const bare = [event('case.suspended', 1, { ground: '检验' }), event('case.suspended', 2)];
    expect(ends(fold(...bare, event('case.resumed', 3)))).toEqual([3, null]);
  });

  it('that ended already are not ended again', () => {
    const facts = fold(
      event('case.suspended', 1),
      event('case.resumed', 2),
      event('case.resumed', 3, { suspension: 'case.suspended@1' }),
      event('case.resumed', 4),
    );
    expect(ends(facts)).toEqual([2]);
    expect(kinds(facts)).toEqual(['resumed-without-suspension', 'resumed-without-suspension']);
  });

  it('whose named end came before them last no time at all', () => {
    const facts = fold(
      event('case.resumed', 1, { suspension: 'late' }),
      event('case.suspended', 2, {}, { id: 'late' }),
    );
    expect(ends(facts)).toEqual([2]);
    expect(kinds(facts)).toEqual(['resumed-without-suspension', 'resumed-before-suspended']);
  });

  it('that begin after a resumption which named nothing go on', () => {
    const facts = fold(event('case.resumed', 1), event('case.suspended', 2));
    expect(ends(facts)).toEqual([null]);
    expect(kinds(facts)).toEqual(['resumed-without-suspension']);
  });
});

describe('what was taken back', () => {
  const accepted = event('case.accepted', 1);
  const retract = (at: number, retracts: string, more: Partial<TimelineEvent> = {}): TimelineEvent =>
    event('event.retracted', at, { retracts }, more);

  it('is as if it had never been sent, also when it is taken back before it happened', () => {
    expect(fold(accepted, retract(2, accepted.id)).acceptedAt).toBeNull();
    expect(fold(event('case.accepted', 5, {}, { id: 'later' }), retract(2, 'later')).acceptedAt).toBeNull();
  });

  it('counts again when the retraction is taken back, and no more when that is taken back too', () => {
    const first = retract(2, accepted.id);
    const second = retract(3, first.id);
    expect(fold(accepted, first, second).acceptedAt).toBe(1);
    expect(fold(accepted, first, second, retract(4, second.id)).acceptedAt).toBeNull();
  });

  it('is not taken back by another source, by an earlier retraction of a retraction, or by itself', () => {
    expect(fold(accepted, retract(2, accepted.id, { source: 'urn:other' })).acceptedAt).toBe(1);
    expect(fold(accepted, retract(2, 'nobody')).acceptedAt).toBe(1);
    const second = retract(3, accepted.id);
    expect(fold(accepted, retract(2, second.id), second).acceptedAt).toBeNull();
    const itself = retract(2, 'self', { id: 'self' });
    expect(timelineOf([accepted, itself])).toEqual([accepted, itself]);
  });

  it('takes the first instant of the case with it', () => {
    expect(fold(accepted, event('case.decided', 9), retract(10, accepted.id)).firstEventAt).toBe(9);
  });
});
