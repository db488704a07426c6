import type { CannotExpress, StepEventType, TimelineEvent } from '@mingjian/contracts';
import type { CaseOutcome, Finding } from '../verdict';
import type { CaseFacts, Suspension } from './case-facts';
import { emptyFacts } from './empty-facts';
import { foldAssignment, foldHearing, foldRating } from './fold-rare-events';
import { withoutRepeats } from './preferred-event';

/** Order of events of one instant: what must have been first in the procedure comes first. */
const RANK: Record<StepEventType, number> = {
  'case.submitted': 0,
  'case.correction-requested': 1,
  'case.correction-received': 2,
  'case.accepted': 3,
  'case.not-accepted': 4,
  'inspectors.assigned': 5,
  'hearing.informed': 6,
  'hearing.requested': 7,
  'hearing.notified': 8,
  'hearing.held': 9,
  'step.started': 10,
  'step.finished': 11,
  'case.suspended': 12,
  'case.resumed': 13,
  'case.extended': 14,
  'case.forwarded': 15,
  'case.decided': 16,
  'case.delivered': 17,
  'case.withdrawn': 18,
  'case.returned': 19,
  'case.voided': 20,
  'fee.charged': 21,
  'case.rated': 22,
  'rating.contacted': 23,
  'rating.rectified': 24,
  // No event of a case: the monitor counts it and folds none.
  'service.counted': 25,
  'event.retracted': 26,
};

const NOTHING: readonly CannotExpress[] = [];

/** Order of the timeline: when it happened, then {@link RANK}, then identity. Total: arrival plays no part. */
export function compareEvents(a: TimelineEvent, b: TimelineEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt;
  if (a.type !== b.type) return RANK[a.type] - RANK[b.type];
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * Folds a case's events into facts.
 *
 * Guarantees: pure; duplicates, order of arrival and replays change nothing; a retracted event is as if it had never
 * been sent. Does not guarantee that the facts make sense: contradictions become findings with a defined effect
 * (README of this library).
 */
export function foldTimeline(caseNo: string, events: readonly TimelineEvent[]): CaseFacts {
  const facts = emptyFacts(caseNo);
  const timeline = timelineOf(events);
  facts.firstEventAt = timeline[0]?.occurredAt ?? 0;
  for (const event of timeline) foldEvent(facts, event);
  return facts;
}

/** What stands of some events: in order of what happened, without repeats and without what was taken back. */
export function timelineOf(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  return withoutRetracted(inOrder(withoutRepeats(events)));
}

function foldEvent(facts: CaseFacts, event: TimelineEvent): void {
  const { occurredAt: at, data } = event;
  if (data.item !== undefined) facts.item = agreed(facts, 'item', facts.item, data.item, event);
  if (data.department !== undefined) {
    // A step may be done by another department than the one that answers for the case.
    if (event.type !== 'step.started' && event.type !== 'step.finished') facts.department ??= data.department;
    facts.stepDepartment ??= data.department;
  }
  if (data.district !== undefined) facts.district ??= data.district;
  if (data.hall !== undefined) facts.hall ??= data.hall;
  carryLimits(facts, event);
  switch (event.type) {
    case 'case.submitted':
      facts.submittedAt ??= at;
      return;
    case 'case.correction-requested':
      facts.corrections.push({ eventId: event.id, requestedAt: at, receivedAt: null });
      return;
    case 'case.correction-received': {
      const open = facts.corrections.find((correction) => correction.receivedAt === null);
      if (open) open.receivedAt = at;
      else facts.findings.push(contradiction(event, 'correction-received-without-request'));
      return;
    }
    case 'case.accepted':
      facts.acceptedAt ??= at;
      return;
    case 'case.not-accepted':
      facts.notAcceptedAt ??= at;
      return;
    case 'step.started':
    case 'step.finished':
      foldStep(facts, event);
      return;
    case 'case.suspended':
      facts.suspensions.push(suspensionOf(facts, event));
      return;
    case 'case.resumed':
      foldResumption(facts, event);
      return;
    case 'case.extended':
      facts.extensions.push({
        eventId: event.id,
        at,
        days: data.days ?? 0,
        approver: data.approver ?? null,
        notice: data.notice ?? null,
        cannotExpress: data.cannotExpress ?? NOTHING,
      });
      return;
    case 'case.decided':
      if (facts.decidedAt === null) [facts.decidedAt, facts.result] = [at, data.result ?? null];
      return;
    case 'case.delivered':
      if (facts.deliveredAt === null) facts.deliveredAt = at;
      else facts.laterDeliveries = [...facts.laterDeliveries, at];
      return;
    case 'case.forwarded':
      return end(facts, at, 'forwarded');
    case 'case.withdrawn':
      return end(facts, at, 'withdrawn');
    case 'case.returned':
      facts.returns = [...facts.returns, at];
      return end(facts, at, 'returned');
    case 'case.voided':
      return end(facts, at, 'voided');
    case 'fee.charged':
      if (data.amount !== undefined && data.amount > 0)
        facts.fees = [...facts.fees, { at, amount: data.amount }];
      return;
    case 'inspectors.assigned':
      return foldAssignment(facts, event);
    case 'hearing.informed':
    case 'hearing.requested':
    case 'hearing.notified':
    case 'hearing.held':
      return foldHearing(facts, event);
    case 'case.rated':
    case 'rating.contacted':
    case 'rating.rectified':
      return foldRating(facts, event);
    case 'event.retracted':
    case 'service.counted':
      return;
    default:
      return event.type satisfies never;
  }
}

function end(facts: CaseFacts, at: number, outcome: CaseOutcome): void {
  facts.ended ??= { at, outcome };
}

function agreed(
  facts: CaseFacts,
  field: string,
  known: string | null,
  said: string,
  event: TimelineEvent,
): string {
  if (known === null || known === said) return said;
  facts.findings.push({
    code: 'DQ-9',
    severity: 'warning',
    ref: `${field}:${event.id}`,
    at: event.occurredAt,
    detail: { kind: `${field}-contradicts-earlier-event`, known, said },
  });
  return known;
}

function carryLimits(facts: CaseFacts, { data }: TimelineEvent): void {
  const { carried } = facts;
  if (data.promiseLimit !== undefined) carried.promiseLimit ??= data.promiseLimit;
  if (data.statutoryLimit !== undefined) carried.statutoryLimit ??= data.statutoryLimit;
  if (data.promiseDueAt !== undefined) carried.promiseDueAt ??= Date.parse(data.promiseDueAt);
  if (data.statutoryDueAt !== undefined) carried.statutoryDueAt ??= Date.parse(data.statutoryDueAt);
  if (data.permitExpiresAt !== undefined) carried.permitExpiresAt ??= Date.parse(data.permitExpiresAt);
}

function foldStep(facts: CaseFacts, event: TimelineEvent): void {
  const { occurredAt: at, data } = event;
  const step = data.step ?? '';
  let open: CaseFacts['steps'][number] | undefined;
  let runs = 0;
  for (const run of facts.steps) {
    if (run.step !== step) continue;
    runs++;
    if (run.finishedAt === null) open = run;
  }
  if (event.type === 'step.finished') {
    if (open) open.finishedAt = at;
    else facts.steps.push(stepRun(step, runs + 1, null, at, data));
  } else if (open) {
    facts.findings.push(contradiction(event, 'step-started-twice'));
  } else {
    facts.steps.push(stepRun(step, runs + 1, at, null, data));
  }
}

function stepRun(
  step: string,
  run: number,
  startedAt: number | null,
  finishedAt: number | null,
  { post, department, cannotExpress }: TimelineEvent['data'],
): CaseFacts['steps'][number] {
  return {
    step,
    run,
    startedAt,
    finishedAt,
    post: post ?? null,
    department: department ?? null,
    cannotExpress: cannotExpress ?? NOTHING,
  };
}

/** A suspension whose named end came before it lasts no time at all: it must not hold the clock for ever. */
function suspensionOf(facts: CaseFacts, event: TimelineEvent): Suspension {
  const { id, occurredAt, data } = event;
  const isInverted = facts.namedEnds.has(id);
  if (isInverted) facts.findings.push(contradiction(event, 'resumed-before-suspended'));
  return {
    eventId: id,
    from: occurredAt,
    to: isInverted ? occurredAt : null,
    ground: data.ground ?? null,
    notice: data.notice ?? null,
    approver: data.approver ?? null,
    daysApplied: data.daysApplied ?? null,
    cannotExpress: data.cannotExpress ?? NOTHING,
  };
}

/** A resumption closes the suspension that it names by id or ground, else the one open for the longest time. */
function foldResumption(facts: CaseFacts, event: TimelineEvent): void {
  const open = facts.suspensions.filter((suspension) => suspension.to === null);
  const { suspension: named, ground } = event.data;
  const match: Suspension | undefined =
    named !== undefined
      ? open.find((suspension) => suspension.eventId === named)
      : (open.find((suspension) => ground !== undefined && suspension.ground === ground) ?? open[0]);
  if (match) match.to = event.occurredAt;
  else if (named !== undefined) facts.namedEnds.add(named);
  if (!match) facts.findings.push(contradiction(event, 'resumed-without-suspension'));
}

function contradiction(event: TimelineEvent, kind: string): Finding {
  return {
    code: 'DQ-3',
    severity: 'warning',
    ref: `${kind}:${event.id}`,
    at: event.occurredAt,
    detail: { kind, event: event.id },
  };
}

/**
 * The timeline as if what was taken back had never been sent. A retraction can be taken back too, by a later one; from
 * the last to the first, each is known to stand before it takes effect.
 */
function withoutRetracted(timeline: readonly TimelineEvent[]): readonly TimelineEvent[] {
  let gone: Set<TimelineEvent> | undefined;
  for (let place = timeline.length - 1; place >= 0; place--) {
    const { type, source, data } = timeline[place]!;
    if (type !== 'event.retracted' || gone?.has(timeline[place]!)) continue;
    const named = timeline.findIndex((event) => event.source === source && event.id === data.retracts);
    if (named < 0 || (timeline[named]!.type === 'event.retracted' && named >= place)) continue;
    (gone ??= new Set()).add(timeline[named]!);
  }
  if (gone === undefined) return timeline;
  const taken = gone;
  return timeline.filter((event) => !taken.has(event));
}

function inOrder(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  for (let i = 1; i < events.length; i++)
    if (compareEvents(events[i - 1]!, events[i]!) > 0) return [...events].sort(compareEvents);
  return events;
}
