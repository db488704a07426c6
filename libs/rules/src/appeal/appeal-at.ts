import type { ActEvent, AppealAct, AppealRecord, AppealRules, AppealState, Light } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { dueAt } from '../calendar/due-at';
import { parseLimit } from '../calendar/limit';
import {
  actLightAt,
  actLightChanges,
  earliestAfter,
  trackAct,
  type ActLightChange,
  type ActTrack,
} from '../order/act-clock';

type Filed = Extract<AppealRecord, { type: 'filed' }>;

/** What happened to an appeal: a fold of its events. */
export interface AppealFacts {
  filed: Filed;
  state: AppealState;
  filedAt: number;
  referredAt: number | null;
  endedAt: number | null;
  /** Acts of people so far: what the passing of time wrote does not make what somebody read stale. */
  version: number;
}

/** An appeal at an instant. */
export interface AppealVerdict {
  light: Light;
  clock: string | null;
  dueAt: number | null;
  provisional: boolean;
  changes: ActLightChange[];
  nextChangeAt: number | null;
}

/** Folds an appeal's events; `lit` is a record of effects and changes nothing. @throws where it was never filed. */
export function foldAppeal(events: readonly ActEvent<AppealRecord>[]): AppealFacts {
  const [first] = events;
  if (first?.act.type !== 'filed') throw new Error('the events of an appeal begin with its filing');
  const facts: AppealFacts = {
    filed: first.act,
    state: 'filed',
    filedAt: first.at,
    referredAt: null,
    endedAt: null,
    version: events.filter(({ act }) => act.type !== 'lit').length,
  };
  for (const { at, act } of events.slice(1)) {
    if (act.type === 'lit') continue;
    if (act.type === 'filed') throw new Error('an appeal is filed once');
    facts.state = act.type;
    if (act.type === 'referred') facts.referredAt = at;
    else facts.endedAt = at;
  }
  return facts;
}

/**
 * What the rules say of an appeal at an instant: one clock until it is decided or referred, another for the office above.
 * An ended appeal keeps the worse light of the two.
 */
export function appealAt(
  facts: Pick<AppealFacts, 'filedAt' | 'referredAt' | 'endedAt'>,
  rules: AppealRules,
  calendar: WorkingCalendar,
  at: number,
): AppealVerdict {
  const tracks = tracksOf(facts, rules, calendar);
  const running = tracks.find(({ finishedAt }) => finishedAt === null) ?? null;
  const lights = (running === null ? tracks : [running]).map((track) => actLightAt(track, at));
  return {
    light: lights.includes('red') ? 'red' : lights.includes('yellow') ? 'yellow' : 'green',
    clock: running?.clock ?? null,
    dueAt: running?.dueAt ?? null,
    provisional: running?.provisional ?? false,
    changes: tracks.flatMap((track) => actLightChanges(track, at)),
    nextChangeAt:
      running === null
        ? null
        : earliestAfter(
            at,
            running.spans.map(({ from }) => from),
          ),
  };
}

function tracksOf(
  facts: Pick<AppealFacts, 'filedAt' | 'referredAt' | 'endedAt'>,
  rules: AppealRules,
  calendar: WorkingCalendar,
): ActTrack[] {
  const { filedAt, referredAt, endedAt } = facts;
  const { yellowBefore, redAfter } = rules;
  const decide = trackAct(
    {
      clock: 'decide',
      startedAt: filedAt,
      finishedAt: referredAt ?? endedAt,
      limit: rules.decideWithin,
      yellowBefore,
      redAfter,
    },
    calendar,
  );
  if (referredAt === null) return [decide];
  const referred = trackAct(
    {
      clock: 'decide-above',
      startedAt: referredAt,
      finishedAt: endedAt,
      limit: rules.referredWithin,
      yellowBefore,
      redAfter,
    },
    calendar,
  );
  return [decide, referred];
}

/** The last instant at which something may be appealed against that became known at `knownAt`: a light by being written. */
export function appealUntil(
  rules: Pick<AppealRules, 'fileWithin'>,
  calendar: WorkingCalendar,
  knownAt: number,
): number {
  return dueAt(calendar, parseLimit(rules.fileWithin), knownAt).dueAt!;
}

/** Whether an act is possible in the state that an appeal is in: the state machine of an appeal. */
export function isAppealActPossible(act: AppealAct['type'], state: AppealState): boolean {
  if (state === 'filed') return true;
  // Referred: the office above decides; it is withdrawn by who filed it.
  return state === 'referred' && act !== 'referred';
}

/** Whether one more appeal against the same thing is possible: what was withdrawn does not count. */
export function isAppealLeft(rules: Pick<AppealRules, 'times'>, earlier: readonly AppealState[]): boolean {
  return earlier.filter((state) => state !== 'withdrawn').length < rules.times;
}
