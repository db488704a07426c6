import type { CompiledRuleset } from '../ruleset/compile-rules';
import type { Rating, RatingAnswer, RatingFacts } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';

/**
 * 好差评: each bad rating is to be put right, and one with a real name to be called back before. The end of the case ends
 * neither, and neither colours it.
 * @see 国办发〔2019〕51号：实名差评回访、差评整改；`switches.ratings` of the ruleset
 */
export function addRatingClocks(
  specs: ClockSpec[],
  facts: RatingFacts,
  { ratings: rules }: Pick<CompiledRuleset, 'ratings'>,
): void {
  badRatings(facts, rules.badFrom).forEach(({ at, hasRealName, contact, rectification }, index) => {
    if (rules.contact !== null && hasRealName)
      specs.push(
        beside(ruledClock(`rating-contact#${index + 1}`, 'rating-contact', at, contact, rules.contact)),
      );
    if (rules.rectification !== null)
      specs.push(
        beside(
          ruledClock(`rectification#${index + 1}`, 'rectification', at, rectification, rules.rectification),
        ),
      );
  });
}

/** A bad rating with the instants of its answers. */
export interface AnsweredRating extends Rating {
  contact: number | null;
  rectification: number | null;
}

/** The bad ratings of a case in order, each with what answered it. Its place here is the number of its clocks, less one. */
export function badRatings({ ratings, answers }: RatingFacts, badFrom: number): AnsweredRating[] {
  const bad: AnsweredRating[] = [];
  for (const rating of ratings)
    if (rating.grade <= badFrom) bad.push({ ...rating, contact: null, rectification: null });
  for (const answer of answers) {
    const rating = ratingOf(answer, bad);
    if (rating !== undefined) rating[answer.type] ??= answer.at;
  }
  return bad;
}

/** The rating that an answer names, if it was there by then; without a name the earliest that waits for such an answer. */
function ratingOf(answer: RatingAnswer, bad: readonly AnsweredRating[]): AnsweredRating | undefined {
  return bad.find(
    (rating) =>
      rating.at <= answer.at &&
      (answer.rating !== null
        ? rating.eventId === answer.rating
        : rating[answer.type] === null && (answer.type !== 'contact' || rating.hasRealName)),
  );
}

function beside(spec: ClockSpec): ClockSpec {
  spec.countsForCase = false;
  return spec;
}
