import type { ActEvent, OrderColour, OrderContent, OrderRecord, OrderState } from '@mingjian/contracts';

/** One round of an order: from being issued or returned to the reply. */
export interface OrderRound {
  startedAt: number;
  /** As written for this round; null: as the ruleset says. */
  replyWithin: string | null;
  extensions: { at: number; days: number }[];
  /** An extension that was asked for and not answered yet. */
  requested: { at: number; days: number; reason: string } | null;
  repliedAt: number | null;
  /** When the inspector answered the reply, or nobody waits any more. */
  verifiedAt: number | null;
}

/** What happened to an order: a fold of its events, without the rules and without the instant. */
export interface OrderFacts {
  no: string;
  content: OrderContent;
  /** The rule that issued it; null: a person did. */
  rule: string | null;
  colour: OrderColour;
  state: OrderState;
  issuedAt: number;
  endedAt: number | null;
  rounds: OrderRound[];
  /** Acts of people so far: what the passing of time wrote does not make what somebody read stale. */
  version: number;
}

/**
 * Folds an order's events. What the passing of time wrote (`lit`, `escalated`) is a record of effects, not a fact: it
 * changes nothing, so that the same acts give the same order however often somebody looked.
 * @throws where the first event does not issue the order: then the list is not one.
 */
export function foldOrder(events: readonly ActEvent<OrderRecord>[]): OrderFacts {
  const [first] = events;
  if (first?.act.type !== 'issued') throw new Error('the events of an order begin with its issue');
  const { no, rule } = first.act;
  const content: OrderContent = first.act;
  const facts: OrderFacts = {
    no,
    content,
    rule,
    colour: content.colour,
    state: 'awaiting-reply',
    issuedAt: first.at,
    endedAt: null,
    rounds: [newRound(first.at, content.replyWithin ?? null)],
    version: events.filter(({ act }) => act.type !== 'lit' && act.type !== 'escalated').length,
  };
  for (const event of events.slice(1)) apply(facts, event);
  return facts;
}

function apply(facts: OrderFacts, { at, act }: ActEvent<OrderRecord>): void {
  const round = facts.rounds[facts.rounds.length - 1]!;
  switch (act.type) {
    case 'extension-requested':
      round.requested = { at, days: act.days, reason: act.reason };
      return;
    case 'extension-granted':
      round.requested = null;
      round.extensions.push({ at, days: act.days });
      return;
    case 'extension-refused':
      round.requested = null;
      return;
    case 'replied':
      round.requested = null;
      round.repliedAt = at;
      facts.state = 'awaiting-verification';
      return;
    case 'returned':
      round.verifiedAt = at;
      facts.rounds.push(newRound(at, act.replyWithin ?? null));
      facts.state = 'awaiting-reply';
      return;
    case 'closed':
    case 'withdrawn':
      round.verifiedAt = at;
      facts.state = act.type;
      facts.endedAt = at;
      return;
    case 'issued':
      throw new Error('an order is issued once');
    case 'lit':
    case 'escalated':
  }
}

function newRound(startedAt: number, replyWithin: string | null): OrderRound {
  return { startedAt, replyWithin, extensions: [], requested: null, repliedAt: null, verifiedAt: null };
}
