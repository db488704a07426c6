import type { CalendarDocument, Light, RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import type { CaseOutcome } from '../verdict';
import { endOf, lifeOf } from './case-life';
import type { CaseLife } from './case-life';
import type { Clock } from './clock';
import { governing } from './governing';
import type { Chapter, Shown } from './live-through';
import { liveThrough, shownAt } from './live-through';
import { OfficeDays } from './office-days';
import { placeOfCase, placeOfStep } from './place';
import type { CaseRecord } from './record';
import { earliest, firstSaid, readRecord, when } from './record';
import { rulesOf } from './written-rules';

/** A case at an instant as the second judge sees it. */
export interface SecondOpinion {
  light: Light;
  /** The clock that decides the light; null where none does. */
  clock: string | null;
  dueAt: number | null;
  /** Worst light of the steps. */
  stepLight: Light;
  open: boolean;
  clocks: ({ clock: string } & Shown)[];
}

/** A case read once, to be looked at at any instant (epoch ms). */
export interface SecondReading {
  acceptedAt: number | null;
  closedAt: number | null;
  outcome: CaseOutcome | null;
  at(instant: number): SecondOpinion;
}

const WORST_FIRST: readonly Light[] = ['red', 'yellow', 'grey', 'green'];

/**
 * A second judge (第二意见), written from the rules' text alone and sharing no code with the first: it steps over dates,
 * counts, and lives through each clock up to the instant asked for. Slow on purpose; it is there to be compared with.
 *
 * Pure. Instants are epoch milliseconds; dates and times of day are those of the calendar's zone. The documents must have
 * passed their schemas and fit together (what `RuleBook` refuses is not looked at again).
 * @see README of this library, where every rule is stated with its article.
 */
export function secondOpinion(
  caseNo: string,
  events: readonly TimelineEvent[],
  rulesets: readonly RulesetDocument[],
  calendars: readonly CalendarDocument[],
  at: number,
): SecondOpinion {
  return secondReading(caseNo, events, rulesets, calendars).at(at);
}

/** The same for many instants: the case is read, and its clocks are lived through, once. */
export function secondReading(
  caseNo: string,
  events: readonly TimelineEvent[],
  rulesets: readonly RulesetDocument[],
  calendars: readonly CalendarDocument[],
): SecondReading {
  const record = readRecord(events.filter((event) => event.caseNo === caseNo));
  const { life, isUnknown } = read(record, rulesets, calendars);
  const lives = life.clocks.map((clock) => ({ clock, life: liveThrough(clock) }));
  const orNull = (instant: number): number | null => (instant === Infinity ? null : instant);
  return {
    acceptedAt: orNull(life.acceptedAt),
    closedAt: orNull(life.closedAt),
    outcome: life.outcome,
    at: (instant) => opinionAt(lives, isUnknown, life.closedAt, instant),
  };
}

function opinionAt(
  lives: readonly { clock: Clock; life: Chapter[] }[],
  isUnknown: boolean,
  closedAt: number,
  at: number,
): SecondOpinion {
  const seen = lives.flatMap(({ clock, life }) => {
    const shown = shownAt(clock, life, at);
    return shown === null ? [] : [{ ...clock, ...shown }];
  });
  const ofCase = seen.filter((clock) => clock.coloursCase);
  const lights = ofCase.map((clock) => clock.light);
  // Not known is worse than well, and no excuse for what is known to be late.
  if (isUnknown) lights.push('grey');
  const light = worst(lights);
  const first =
    isUnknown && light === 'grey' ? undefined : governing(ofCase.filter((clock) => clock.light === light));
  return {
    light,
    clock: first?.clock ?? null,
    dueAt: first?.dueAt ?? null,
    stepLight: worst(seen.filter(({ clock }) => clock.startsWith('step:')).map((clock) => clock.light)),
    open: at < closedAt,
    clocks: seen.map(({ clock, light: colour, phase, dueAt }) => ({ clock, light: colour, phase, dueAt })),
  };
}

function worst(lights: readonly Light[]): Light {
  return WORST_FIRST.find((light) => lights.includes(light)) ?? 'green';
}

function read(
  record: CaseRecord,
  rulesets: readonly RulesetDocument[],
  calendars: readonly CalendarDocument[],
): { life: CaseLife; isUnknown: boolean } {
  const ruleset = inForceFor(record, rulesets, calendars);
  const code = firstSaid(record, 'item');
  const item = ruleset && code !== undefined ? ruleset.items[code] : undefined;
  if (!ruleset || !item || !item.enabled) return { life: unjudged(record), isUnknown: true };
  const document = documentOf(ruleset, calendars);
  const place = placeOfCase(record, ruleset, item);
  const life = lifeOf(record, rulesOf(ruleset, item), ruleset, {
    days: OfficeDays.of(document, place),
    daysOf: (run, step) =>
      OfficeDays.of(document, placeOfStep(step.department, run.department, place, ruleset)),
  });
  // A refusal is an answer: a case known only by it has nothing left to wait for.
  return { life, isUnknown: !earliest(record, 'case.submitted', 'case.accepted', 'case.not-accepted') };
}

/** Without rules, or not supervised: what the record says, and no clock. */
function unjudged(record: CaseRecord): CaseLife {
  const acceptedAt = when(earliest(record, 'case.accepted'));
  return { clocks: [], acceptedAt, closedAt: when(endOf(record, true)), outcome: null };
}

/** Rules do not reach back: the version in force on the day of acceptance, else of receipt, else of the first event. */
function inForceFor(
  record: CaseRecord,
  rulesets: readonly RulesetDocument[],
  calendars: readonly CalendarDocument[],
): RulesetDocument | undefined {
  const first = earliest(record, 'case.accepted') ?? earliest(record, 'case.submitted') ?? record.events[0];
  return rulesets
    .filter(
      (ruleset) =>
        first !== undefined &&
        ruleset.inForceFrom <= OfficeDays.of(documentOf(ruleset, calendars)).dateAt(first.occurredAt),
    )
    .sort((a, b) => (a.inForceFrom < b.inForceFrom ? 1 : -1))[0];
}

function documentOf(ruleset: RulesetDocument, calendars: readonly CalendarDocument[]): CalendarDocument {
  const calendar = calendars.find((document) => document.calendar === ruleset.calendar);
  if (!calendar) throw new RangeError(`no calendar "${ruleset.calendar}"`);
  return calendar;
}
