import type { TimelineEvent } from '@mingjian/contracts';
import { CalendarDocument, RulesetDocument } from '@mingjian/contracts';
import fc from 'fast-check';
import { anyPlace } from './random-calendars';
import { anyTimeline } from './random-events';
import { anyRulesets } from './random-rules';

/** One random case with the instants, as shares, at which it is looked at besides its boundaries. */
export interface RandomCase {
  events: TimelineEvent[];
  looks: number[];
}

/** Some cases under one calendar and one set of rules. */
export interface RandomSite {
  rulesets: RulesetDocument[];
  cases: RandomCase[];
}

// Random doubles gather near 0: shares are drawn as whole numbers.
const anyLook = fc.integer({ min: 0, max: 999_999 }).map((n) => n / 1e6);

/** A random calendar, with some random cases under random rulesets. */
export const anyCases: fc.Arbitrary<{ calendar: CalendarDocument; sites: RandomSite[] }> = fc
  .record({
    place: anyPlace,
    // A calendar is dearer to compile than a ruleset, and that than a case to judge: several share one.
    sites: fc.array(
      fc.record({
        rulesets: anyRulesets,
        cases: fc.array(
          fc.record({
            timeline: anyTimeline,
            looks: fc.array(anyLook, { minLength: 4, maxLength: 4 }),
          }),
          { minLength: 1, maxLength: 12, size: 'max' },
        ),
      }),
      { minLength: 1, maxLength: 20, size: 'max' },
    ),
  })
  .map(({ place: { document, start }, sites }) => ({
    calendar: CalendarDocument.parse(document),
    sites: sites.map(({ rulesets, cases }) => ({
      rulesets: rulesets(start).map((ruleset) => RulesetDocument.parse(ruleset)),
      cases: cases.map(({ timeline, looks }) => ({ events: timeline(start), looks })),
    })),
  }));
