import type { ActEvent, RatingAppealRecord, RatingAppealRules, RatingAppealState } from '@mingjian/contracts';
import { appealAt, type AppealVerdict } from '../appeal/appeal-at';
import type { WorkingCalendar } from '../calendar';

type Filed = Extract<RatingAppealRecord, { type: 'filed' }>;

/** What happened to an appeal against a rating: a fold of its events. */
export interface RatingAppealFacts {
  filed: Filed;
  state: RatingAppealState;
  filedAt: number;
  endedAt: number | null;
  /** Acts of people so far: what the passing of time wrote does not make what somebody read stale. */
  version: number;
}

/** Folds an appeal's events; `lit` is a record of effects and changes nothing. @throws where it was never filed. */
export function foldRatingAppeal(events: readonly ActEvent<RatingAppealRecord>[]): RatingAppealFacts {
  const [first] = events;
  if (first?.act.type !== 'filed') throw new Error('the events of an appeal begin with its filing');
  const facts: RatingAppealFacts = {
    filed: first.act,
    state: 'filed',
    filedAt: first.at,
    endedAt: null,
    version: events.filter(({ act }) => act.type !== 'lit').length,
  };
  for (const { at, act } of events.slice(1)) {
    if (act.type === 'lit') continue;
    if (act.type === 'filed') throw new Error('an appeal is filed once');
    [facts.state, facts.endedAt] = [act.type, at];
  }
  return facts;
}

/** What the rules say of an appeal against a rating at an instant: one clock, `decide`, until it is decided or withdrawn. */
export function ratingAppealAt(
  { filedAt, endedAt }: Pick<RatingAppealFacts, 'filedAt' | 'endedAt'>,
  rules: RatingAppealRules,
  calendar: WorkingCalendar,
  at: number,
): AppealVerdict {
  // Nobody above decides: the clock of 上报 never starts.
  const limits = { ...rules, referredWithin: rules.decideWithin };
  return appealAt({ filedAt, referredAt: null, endedAt }, limits, calendar, at);
}
