import {
  ORDER_COLOURS,
  ORDER_LEVELS,
  type Light,
  type OrderColour,
  type OrderLevel,
  type OrderRules,
} from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { worse } from '../light/severity';
import {
  actLightAt,
  actLightChanges,
  earliestAfter,
  trackAct,
  type ActLightChange,
  type ActTrack,
} from './act-clock';
import type { OrderFacts, OrderRound } from './fold-order';

/** A step of the ladder that was reached because nobody replied. */
export interface Escalation {
  level: OrderLevel;
  /** 1 for the first reply, 2 after the order was returned … */
  round: number;
  /** The first instant at which it held, never the instant somebody looked. */
  becameAt: number;
  dueAt: number;
  /** Of the order from then on. */
  colour: OrderColour;
}

/** An order at an instant. */
export interface OrderVerdict {
  round: number;
  /** The light of the clock that runs; of an ended order the worst of its replies: a late reply stays late. */
  light: Light;
  /** The clock that runs; null for an ended order. */
  clock: string | null;
  dueAt: number | null;
  provisional: boolean;
  /** The colour of issue, or a graver one that the ladder gave. */
  colour: OrderColour;
  /** The gravest step reached in any round; null: none. */
  level: OrderLevel | null;
  escalations: Escalation[];
  changes: ActLightChange[];
  tracks: ActTrack[];
  /** Extensions that may still be granted in this round. */
  extensionsLeft: number;
  /** First instant after `at` at which anything here changes with no act; null when nothing will. */
  nextChangeAt: number | null;
}

/**
 * What the rules in force at its issue say of an order at an instant: a pure function of events, rules, calendar and
 * instant.
 *
 * Each round has a clock for the reply and one for its verification. While the reply is overdue the ladder is climbed, each
 * step so long after the due instant; a reply, a withdrawal or a closing stops it, and what was reached stays on record. A
 * returned order begins a new round with a new limit and climbs the ladder anew.
 */
export function orderAt(
  facts: OrderFacts,
  rules: OrderRules,
  calendar: WorkingCalendar,
  at: number,
): OrderVerdict {
  const replies = facts.rounds.map((round, index) => trackReply(round, index, rules, calendar));
  const verifications = facts.rounds.flatMap((round, index) =>
    trackVerification(round, index, rules, calendar),
  );
  const tracks = [...replies, ...verifications];
  const rungs = replies.flatMap((track, index) => rungsOf(track, index + 1, facts.rounds[index]!, rules));
  const reached = rungs.filter(({ becameAt }) => becameAt <= at).sort((a, b) => a.becameAt - b.becameAt);
  const escalations = coloured(reached, facts.colour);
  const running = facts.endedAt === null ? runningOf(tracks) : null;
  const last = facts.rounds[facts.rounds.length - 1]!;
  return {
    round: facts.rounds.length,
    light:
      facts.endedAt === null
        ? running === null
          ? 'green'
          : actLightAt(running, at)
        : replies.reduce<Light>((light, track) => worse(light, actLightAt(track, at)), 'green'),
    clock: running?.clock ?? null,
    dueAt: running?.dueAt ?? null,
    provisional: running?.provisional ?? false,
    colour: escalations[escalations.length - 1]?.colour ?? facts.colour,
    level: gravest(reached.map(({ level }) => level)),
    escalations,
    changes: tracks
      .flatMap((track) => actLightChanges(track, at))
      .sort((a, b) => a.becameAt - b.becameAt || (a.clock < b.clock ? -1 : 1)),
    tracks,
    extensionsLeft: Math.max(0, rules.extensions - last.extensions.length),
    nextChangeAt:
      facts.endedAt === null
        ? earliestAfter(at, [
            ...(running?.spans.map(({ from }) => from) ?? []),
            ...rungs.map(({ becameAt }) => becameAt),
          ])
        : null,
  };
}

function trackReply(
  round: OrderRound,
  index: number,
  rules: OrderRules,
  calendar: WorkingCalendar,
): ActTrack {
  return trackAct(
    {
      clock: `reply#${index + 1}`,
      startedAt: round.startedAt,
      finishedAt: round.repliedAt ?? round.verifiedAt,
      limit: round.replyWithin ?? rules.replyWithin,
      yellowBefore: rules.yellowBefore,
      redAfter: rules.redAfter,
      extensions: round.extensions,
    },
    calendar,
  );
}

function trackVerification(
  round: OrderRound,
  index: number,
  rules: OrderRules,
  calendar: WorkingCalendar,
): ActTrack[] {
  if (rules.verifyWithin === 'none' || round.repliedAt === null) return [];
  return [
    trackAct(
      {
        clock: `verify#${index + 1}`,
        startedAt: round.repliedAt,
        finishedAt: round.verifiedAt,
        limit: rules.verifyWithin,
        yellowBefore: rules.yellowBefore,
        redAfter: rules.redAfter,
      },
      calendar,
    ),
  ];
}

/** The steps of the ladder in one round, as far as the reply does not come first. */
function rungsOf(
  track: ActTrack,
  round: number,
  { repliedAt, verifiedAt }: OrderRound,
  rules: OrderRules,
): (Omit<Escalation, 'colour'> & { colour: OrderColour | undefined })[] {
  const until = repliedAt ?? verifiedAt ?? Infinity;
  return (
    rules.ladder
      .map(({ level, after, colour }) => ({
        level,
        round,
        becameAt: track.after(after),
        dueAt: track.dueAt,
        colour,
      }))
      // A reply in the very instant in which a step is reached comes after the limit, as its light does.
      .filter(({ becameAt }) => becameAt <= until)
  );
}

/** A colour is never taken back: each step has its own or the graver one before it. */
function coloured(
  rungs: readonly (Omit<Escalation, 'colour'> & { colour: OrderColour | undefined })[],
  first: OrderColour,
): Escalation[] {
  let held = first;
  return rungs.map((rung) => {
    if (rung.colour !== undefined && ORDER_COLOURS.indexOf(rung.colour) > ORDER_COLOURS.indexOf(held))
      held = rung.colour;
    return { ...rung, colour: held };
  });
}

function gravest(levels: readonly OrderLevel[]): OrderLevel | null {
  return ORDER_LEVELS[Math.max(-1, ...levels.map((level) => ORDER_LEVELS.indexOf(level)))] ?? null;
}

function runningOf(tracks: readonly ActTrack[]): ActTrack | null {
  return tracks.find(({ finishedAt }) => finishedAt === null) ?? null;
}
