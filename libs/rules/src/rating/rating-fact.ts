import { officeOfCase } from '../clock/place';
import { badRatings } from '../clock/ratings';
import { monthAt } from '../forensics/month';
import type { JudgedCase } from '../judge-case';
import type { ClockTrack } from '../verdict';

/** 评价: one rating of a case and how it was answered. Instants are epoch milliseconds, truth values 0 and 1. */
export interface RatingFact {
  caseNo: string;
  /** The event that reported it. */
  source: string;
  eventId: string;
  ratedAt: number;
  receivedAt: number | null;
  /** `YYYY-MM` of the rating, where the case is handled. */
  month: string;
  district: string | null;
  hall: string | null;
  department: string | null;
  itemCode: string | null;
  /** 1 the worst, 5 the best; bad as the ruleset says that was in force for the case. */
  grade: number;
  bad: 0 | 1;
  realName: 0 | 1;
  /** 差评标签, as a JSON list: at most twenty of fifty characters. */
  tags: string;
  /** Of a bad rating: which of its case it is; its clocks are `rating-contact#n` and `rectification#n`. */
  number: number | null;
  /** 回访: null where none is due. */
  contactDueAt: number | null;
  contactedAt: number | null;
  /** 整改: null where none is due. */
  rectifyDueAt: number | null;
  rectifiedAt: number | null;
}

const MOST_TAGS = 20;
const LONGEST_TAG = 50;

/**
 * The ratings of a judged case, in order. Also of one that is not supervised or of an unknown item: somebody rated it all the same;
 * no call or correction is due there. Pure: the same whatever the order and repetition of the events.
 */
export function ratingFacts({ tracks, facts, rules, clocks }: JudgedCase): RatingFact[] {
  if (facts.ratings === null) return [];
  const { department, itemCode, caseNo } = tracks;
  const { calendar, district, hall } = clocks?.office ?? officeOfCase(facts, department, rules);
  const bad = badRatings(facts.ratings, rules.ruleset.ratings.badFrom);
  return facts.ratings.ratings.map((rating) => {
    const index = bad.findIndex(
      ({ source, eventId }) => source === rating.source && eventId === rating.eventId,
    );
    const number = index === -1 ? null : index + 1;
    return {
      ...{ caseNo, source: rating.source, eventId: rating.eventId },
      ...{ ratedAt: rating.at, receivedAt: rating.receivedAt, month: monthAt(calendar, rating.at) },
      ...{ district: district ?? null, hall: hall ?? null, department, itemCode },
      ...{ grade: rating.grade, bad: number === null ? 0 : 1, realName: rating.hasRealName ? 1 : 0 },
      tags: JSON.stringify(
        rating.tags.slice(0, MOST_TAGS).map((tag) => [...tag].slice(0, LONGEST_TAG).join('')),
      ),
      number,
      contactDueAt: number === null ? null : dueOf(tracks.clocks, `rating-contact#${number}`),
      contactedAt: bad[index]?.contact ?? null,
      rectifyDueAt: number === null ? null : dueOf(tracks.clocks, `rectification#${number}`),
      rectifiedAt: bad[index]?.rectification ?? null,
    };
  });
}

function dueOf(tracks: readonly ClockTrack[], name: string): number | null {
  const track = tracks.find(({ clock }) => clock === name);
  return track?.spans.find(({ dueAt }) => dueAt !== null)?.dueAt ?? null;
}
