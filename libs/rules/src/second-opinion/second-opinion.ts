import type { CalendarDocument, Light, RulesetDocument, TimelineEvent } from '@mingjian/contracts';
import type { Clock } from './clocks';
import { clocksOf } from './clocks';
import type { Shown } from './live-through';
import { liveThrough } from './live-through';
import { OfficeDays } from './office-days';
import type { CaseRecord } from './record';
import { earliest, firstSaid, readRecord } from './record';
import { rulesOf } from './written-rules';

/** A case at an instant as the second judge sees it. */
export interface SecondOpinion {
  light: Light;
  clocks: ({ clock: string } & Shown)[];
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
  const { clocks, isUnknown, days } = read(caseNo, events, rulesets, calendars);
  const shown: SecondOpinion['clocks'] = [];
  const lights: Light[] = [];
  for (const clock of clocks) {
    const now = liveThrough(clock, days!, at);
    if (now === null) continue;
    shown.push({ clock: clock.clock, ...now });
    if (clock.coloursCase) lights.push(now.light);
  }
  // Not known is worse than well, and no excuse for what is known to be late.
  if (isUnknown) lights.push('grey');
  return { light: WORST_FIRST.find((light) => lights.includes(light)) ?? 'green', clocks: shown };
}

interface Reading {
  clocks: Clock[];
  isUnknown: boolean;
  days: OfficeDays | null;
}

function read(
  caseNo: string,
  events: readonly TimelineEvent[],
  rulesets: readonly RulesetDocument[],
  calendars: readonly CalendarDocument[],
): Reading {
  const record = readRecord(events.filter((event) => event.caseNo === caseNo));
  const ruleset = inForceFor(record, rulesets, calendars);
  const code = firstSaid(record, 'item');
  const item = ruleset && code !== undefined ? ruleset.items[code] : undefined;
  if (!ruleset || !item) return { clocks: [], isUnknown: true, days: null };
  const days = daysOf(ruleset, calendars);
  return {
    clocks: clocksOf(record, rulesOf(ruleset, item), ruleset, days),
    // A refusal is an answer: a case known only by it has nothing left to wait for.
    isUnknown: !earliest(record, 'case.submitted', 'case.accepted', 'case.not-accepted'),
    days,
  };
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
        first !== undefined && ruleset.inForceFrom <= daysOf(ruleset, calendars).dateAt(first.occurredAt),
    )
    .sort((a, b) => (a.inForceFrom < b.inForceFrom ? 1 : -1))[0];
}

function daysOf(ruleset: RulesetDocument, calendars: readonly CalendarDocument[]): OfficeDays {
  const calendar = calendars.find((document) => document.calendar === ruleset.calendar);
  if (!calendar) throw new RangeError(`no calendar "${ruleset.calendar}"`);
  return OfficeDays.of(calendar);
}
