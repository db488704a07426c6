import type {
  ActEvent,
  ComplaintAct,
  ComplaintRecord,
  ComplaintState,
  ComplaintVerdict,
  FrozenEvidence,
  ReviewOutcome,
} from '@mingjian/contracts';
import { isComplaintActPossible } from './complaint-states';

type Registered = Extract<ComplaintRecord, { type: 'registered' }>;

/** One time that a complaint was handled: from acceptance, from a reply sent back, or from being reopened. */
export interface ComplaintRound {
  why: 'accepted' | 'sent-back' | 'reopened';
  startedAt: number;
  extensions: { at: number; days: number }[];
  /** An extension that was asked for and not answered yet. */
  requested: { at: number; days: number; reason: string } | null;
  repliedAt: number | null;
  /** When the reply was verified or sent back. */
  verifiedAt: number | null;
}

/** A time in which it is to be transferred to a department. */
export interface ComplaintTransfer {
  startedAt: number;
  transferredAt: number | null;
}

/** 复查 or 复核: one time that the opinion is looked at again by the organ above. */
export interface ComplaintReview {
  level: 'review' | 'recheck';
  organ: string;
  requestedAt: number;
  /** 听证: not counted against the limit of 复核 (信访工作条例 第三十六条). */
  hearings: { from: number; to: number }[];
  decidedAt: number | null;
  /** Null: not decided yet, or not accepted (不予受理). */
  outcome: ReviewOutcome | null;
}

/** What happened to a complaint: a fold of its events, without the rules and without the instant. */
export interface ComplaintFacts {
  registered: Registered;
  state: ComplaintState;
  registeredAt: number;
  /** When it was accepted or refused. */
  decidedAt: number | null;
  /** The department that handles it; null: the office itself. */
  handler: string | null;
  transfers: ComplaintTransfer[];
  /** When it was transferred to the department that has it now. */
  handedAt: number | null;
  rounds: ComplaintRound[];
  /** From verification to closing, each time. */
  feedbacks: { startedAt: number; closedAt: number | null }[];
  reviews: ComplaintReview[];
  reopened: number;
  verdict: ComplaintVerdict | null;
  satisfaction: 'satisfied' | 'mostly' | 'dissatisfied' | null;
  caseNo: string | null;
  evidence: FrozenEvidence | null;
  endedAt: number | null;
  /** Events that people and feeds wrote: what the passing of time wrote does not make what somebody read stale. */
  version: number;
  /** Places of events that did not belong to the state at their time; they change nothing. */
  misplaced: number[];
}

const OF_TIME: ReadonlySet<string> = new Set(['lit', 'unlit', 'evidence-frozen']);

/** When something happened, whenever it was written down. */
export function happenedAt({ at, act }: ActEvent<ComplaintRecord>): number {
  return act.happenedAt ?? at;
}

/**
 * Folds a complaint's events in the order in which they happened: what a feed tells of later takes its place. What the passing
 * of time wrote changes nothing, so that the same acts give the same complaint however often somebody looked.
 * @throws where the first event does not register the complaint: then the list is not one.
 */
export function foldComplaint(events: readonly ActEvent<ComplaintRecord>[]): ComplaintFacts {
  const [first, ...rest] = events;
  if (first?.act.type !== 'registered')
    throw new Error('the events of a complaint begin with its registration');
  const facts: ComplaintFacts = {
    registered: first.act,
    state: 'registered',
    registeredAt: happenedAt(first),
    decidedAt: null,
    handler: null,
    transfers: [],
    handedAt: null,
    rounds: [],
    feedbacks: [],
    reviews: [],
    reopened: 0,
    verdict: null,
    satisfaction: null,
    caseNo: null,
    evidence: null,
    endedAt: null,
    version: events.filter(({ act }) => !OF_TIME.has(act.type)).length,
    misplaced: [],
  };
  for (const event of [...rest].sort((a, b) => happenedAt(a) - happenedAt(b) || a.seq - b.seq)) {
    const { act, seq } = event;
    if (act.type === 'evidence-frozen') [facts.caseNo, facts.evidence] = [act.caseNo, act];
    else if (act.type === 'registered') throw new Error('a complaint is registered once');
    else if (act.type === 'lit' || act.type === 'unlit') continue;
    else if (happenedAt(event) < facts.registeredAt || !isComplaintActPossible(act.type, facts.state))
      facts.misplaced.push(seq);
    else apply(facts, happenedAt(event), act);
  }
  return facts;
}

function apply(facts: ComplaintFacts, at: number, act: ComplaintAct): void {
  const round = facts.rounds[facts.rounds.length - 1];
  const transfer = facts.transfers[facts.transfers.length - 1];
  const review = facts.reviews[facts.reviews.length - 1];
  switch (act.type) {
    case 'accepted':
      [facts.state, facts.decidedAt] = ['accepted', at];
      facts.transfers.push({ startedAt: at, transferredAt: null });
      facts.rounds.push(newRound('accepted', at));
      return;
    case 'refused':
      [facts.state, facts.decidedAt, facts.endedAt] = ['refused', at, at];
      return;
    case 'linked':
      // The evidence that is frozen with it says which case.
      return;
    case 'transferred':
      if (transfer !== undefined) transfer.transferredAt ??= at;
      [facts.state, facts.handler, facts.handedAt] = ['handling', act.department, at];
      return;
    case 'returned':
      // The limit for handling runs on: the complainant need not know whose turn it is.
      facts.transfers.push({ startedAt: at, transferredAt: null });
      [facts.state, facts.handler, facts.handedAt] = ['accepted', null, null];
      return;
    case 'extension-requested':
      round!.requested = { at, days: act.days, reason: act.reason };
      return;
    case 'extension-granted':
      round!.requested = null;
      round!.extensions.push({ at, days: act.days });
      return;
    case 'extension-refused':
      round!.requested = null;
      return;
    case 'replied':
      if (transfer !== undefined) transfer.transferredAt ??= at;
      [round!.requested, round!.repliedAt, facts.state] = [null, at, 'replied'];
      return;
    case 'sent-back':
    case 'reopened':
      if (act.type === 'sent-back') round!.verifiedAt = at;
      else facts.reopened++;
      facts.rounds.push(newRound(act.type, at));
      [facts.state, facts.endedAt] = [facts.handler === null ? 'accepted' : 'handling', null];
      return;
    case 'verified':
      [round!.verifiedAt, facts.verdict, facts.state] = [at, act.verdict, 'verified'];
      facts.feedbacks.push({ startedAt: at, closedAt: null });
      return;
    case 'closed':
      [facts.state, facts.endedAt, facts.satisfaction] = ['closed', at, act.satisfaction ?? null];
      facts.feedbacks[facts.feedbacks.length - 1]!.closedAt = at;
      return;
    case 'withdrawn':
      [facts.state, facts.endedAt] = ['withdrawn', at];
      return;
    case 'review-requested':
    case 'recheck-requested': {
      const level = act.type === 'review-requested' ? 'review' : 'recheck';
      [facts.state, facts.endedAt] = [level === 'review' ? 'reviewing' : 'rechecking', null];
      const asked = { organ: act.organ, requestedAt: at, hearings: [] };
      facts.reviews.push({ level, ...asked, decidedAt: null, outcome: null });
      return;
    }
    case 'hearing-held':
      review!.hearings.push({ from: Date.parse(act.from), to: Date.parse(act.until) });
      return;
    case 'review-decided':
    case 'recheck-decided':
      [review!.decidedAt, review!.outcome, facts.endedAt] = [at, act.outcome, at];
      facts.state = act.type === 'review-decided' ? 'reviewed' : 'rechecked';
      return;
    case 'review-refused':
    case 'recheck-refused':
      // The opinion before it stands: who was refused may ask again while there is time.
      [review!.decidedAt, facts.endedAt] = [at, at];
      facts.state = act.type === 'review-refused' ? 'closed' : 'reviewed';
  }
}

function newRound(why: ComplaintRound['why'], startedAt: number): ComplaintRound {
  return { why, startedAt, extensions: [], requested: null, repliedAt: null, verifiedAt: null };
}
