import type { ComplaintLight, ComplaintPolicy, Light } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { worse } from '../light/severity';
import { actLightAt, earliestAfter, trackAct, type ActLimit, type ActTrack } from '../order/act-clock';
import type { ComplaintFacts } from './fold-complaint';

/** A complaint at an instant. */
export interface ComplaintVerdictAt {
  /** The worst light of the clocks that run; of an ended complaint the worst that acceptance, handling and reviews had. */
  light: Light;
  /** The clock that says so; null for an ended complaint, or where none runs. */
  clock: string | null;
  dueAt: number | null;
  provisional: boolean;
  /** 预警, 黄灯 and 红灯 so far, each with the instant at which it became true. */
  changes: ComplaintLight[];
  tracks: ActTrack[];
  /** Extensions that may still be granted in this round. */
  extensionsLeft: number;
  /** First instant after `at` at which anything here changes with no act; null when nothing will. */
  nextChangeAt: number | null;
}

/**
 * What a policy says of a complaint at an instant: a pure function of events, policy, calendar and instant.
 *
 * Clocks: `accept` from registration, `transfer#n`, `handle#n` from acceptance or from being reopened (`rework` where a reply was
 * sent back), `verify#n`, `feedback#n`, `review#n` (复查) and `recheck#n` (复核). Before the limit yellow is 预警, after it 黄灯, and `redAfter` later it is red (CMP-1).
 */
export function complaintAt(
  facts: ComplaintFacts,
  policy: ComplaintPolicy,
  calendar: WorkingCalendar,
  at: number,
): ComplaintVerdictAt {
  const tracks = limitsOf(facts, policy).map((limit) => trackAct(limit, calendar));
  const running = tracks.filter(({ finishedAt }) => finishedAt === null);
  const worst = running.reduce<ActTrack | null>((held, track) => graver(held, track, at), null);
  const judged = tracks.filter(({ clock }) => JUDGED.has(clock.split('#')[0]!));
  const round = facts.rounds[facts.rounds.length - 1];
  return {
    light:
      facts.endedAt === null
        ? worst === null
          ? 'green'
          : actLightAt(worst, at)
        : judged.reduce<Light>((light, track) => worse(light, actLightAt(track, at)), 'green'),
    clock: worst?.clock ?? null,
    dueAt: worst?.dueAt ?? null,
    provisional: worst?.provisional ?? false,
    changes: tracks
      .flatMap((track) => changesOf(track, at))
      .sort((a, b) => a.becameAt - b.becameAt || (a.clock < b.clock ? -1 : 1)),
    tracks,
    extensionsLeft: round === undefined ? 0 : Math.max(0, policy.extensions - round.extensions.length),
    nextChangeAt: earliestAfter(
      at,
      running.flatMap(({ spans }) => spans.map(({ from }) => from)),
    ),
  };
}

/** The last instant at which a department may say that it is not the one; null: at any time. */
export function returnUntil(
  { handedAt }: ComplaintFacts,
  { returnWithin }: ComplaintPolicy,
  calendar: WorkingCalendar,
): number | null {
  if (handedAt === null || returnWithin === 'none') return null;
  const limit = { clock: 'return', startedAt: handedAt, finishedAt: null, limit: returnWithin };
  return trackAct({ ...limit, yellowBefore: [], redAfter: '0wd' }, calendar).dueAt;
}

/**
 * The last instant at which 复查, or after it 复核, may be asked for; null: the policy knows no review, or there is no opinion yet.
 * Counted from the opinion being told: the closing of the complaint, or the decision of 复查. A request that was not accepted moves
 * nothing.
 * @see 信访工作条例 第三十五条、第三十六条: 自收到书面答复之日起三十日内
 */
export function reviewUntil(
  { feedbacks, reviews }: Pick<ComplaintFacts, 'feedbacks' | 'reviews'>,
  { review, reviewRequest }: ComplaintPolicy,
  calendar: WorkingCalendar,
): number | null {
  const closedAt = feedbacks[feedbacks.length - 1]?.closedAt ?? null;
  const decidedAt = reviews.filter(({ outcome }) => outcome !== null).pop()?.decidedAt ?? null;
  const startedAt = Math.max(closedAt ?? -Infinity, decidedAt ?? -Infinity);
  if (review === 'none' || reviewRequest === 'none' || closedAt === null) return null;
  const limit = { clock: 'review-request', startedAt, finishedAt: null, limit: reviewRequest };
  return trackAct({ ...limit, yellowBefore: [], redAfter: '0wd' }, calendar).dueAt;
}

/** Clocks whose lights an ended complaint keeps. */
const JUDGED: ReadonlySet<string> = new Set(['accept', 'handle', 'review', 'recheck']);

function limitsOf(facts: ComplaintFacts, policy: ComplaintPolicy): ActLimit[] {
  const { registeredAt, decidedAt, endedAt, transfers, rounds, feedbacks, reviews } = facts;
  const limits: ActLimit[] = [];
  const add = (
    clock: string,
    limit: string,
    startedAt: number,
    doneAt: number | null,
    more: Pick<ActLimit, 'extensions' | 'pauses'> = {},
  ): void => {
    if (limit === 'none') return;
    const { yellowBefore, redAfter } = policy;
    // Who withdraws a complaint ends every clock that still runs.
    const finishedAt = doneAt ?? endedAt;
    limits.push({ clock, limit, startedAt, finishedAt, yellowBefore, redAfter, ...more });
  };
  add('accept', policy.accept, registeredAt, decidedAt);
  transfers.forEach((one, index) =>
    add(`transfer#${index + 1}`, policy.transfer, one.startedAt, one.transferredAt),
  );
  rounds.forEach((round, index) => {
    const limit = round.why === 'sent-back' ? policy.rework : policy.handle;
    add(`handle#${index + 1}`, limit, round.startedAt, round.repliedAt, { extensions: round.extensions });
    if (round.repliedAt !== null)
      add(`verify#${index + 1}`, policy.verify, round.repliedAt, round.verifiedAt);
  });
  feedbacks.forEach(({ startedAt, closedAt }, index) =>
    add(`feedback#${index + 1}`, policy.feedback, startedAt, closedAt),
  );
  for (const level of ['review', 'recheck'] as const)
    reviews
      .filter((one) => one.level === level)
      .forEach(({ requestedAt, decidedAt: doneAt, hearings }, index) =>
        add(`${level}#${index + 1}`, policy.review, requestedAt, doneAt, { pauses: hearings }),
      );
  return limits;
}

function graver(held: ActTrack | null, track: ActTrack, at: number): ActTrack {
  if (held === null) return track;
  const [before, now] = [actLightAt(held, at), actLightAt(track, at)];
  if (before === now) return track.dueAt < held.dueAt ? track : held;
  return worse(before, now) === now ? track : held;
}

/** The changes up to an instant. What begins green has not changed; after the limit yellow is another light than before it. */
function changesOf({ clock, spans }: ActTrack, at: number): ComplaintLight[] {
  const changes: ComplaintLight[] = [];
  let held = { to: 'green' as Light, overdue: false };
  for (const { from, light: to, phase, dueAt } of spans) {
    if (from > at) break;
    const overdue = phase === 'overdue' || (phase === 'finished' && held.overdue && to !== 'green');
    if (to === held.to && overdue === held.overdue) continue;
    held = { to, overdue };
    changes.push({ clock, to, overdue, becameAt: from, dueAt });
  }
  return changes;
}
