import type { Clock } from './clock';
import { clockOf } from './clock';
import type { OfficeDays } from './office-days';
import type { CaseRecord } from './record';
import type { ItemRules } from './written-rules';

interface BadRating {
  id: string;
  at: number;
  hasName: boolean;
  contactedAt: number;
  rectifiedAt: number;
}

/** 差评: called back where a person gave a name, and put right. @see README of this library: Ratings. */
export function ratingClocks(
  record: CaseRecord,
  rules: ItemRules,
  badFrom: number,
  days: OfficeDays,
): Clock[] {
  return readBadRatings(record, badFrom).flatMap((rating, index) => {
    const clocks: Clock[] = [];
    const add = (name: string, end: number, said: ItemRules['rectification']): void => {
      if (said === 'none') return;
      clocks.push({ ...clockOf(`${name}#${index + 1}`, rating.at, end, said, days), coloursCase: false });
    };
    if (rating.hasName) add('rating-contact', rating.contactedAt, rules.ratingContact);
    add('rectification', rating.rectifiedAt, rules.rectification);
    return clocks;
  });
}

function readBadRatings(record: CaseRecord, badFrom: number): BadRating[] {
  const bad: BadRating[] = [];
  for (const { type, id, occurredAt: at, data } of record.events) {
    if (type === 'case.rated' && data.grade !== undefined && data.grade <= badFrom)
      bad.push({
        id,
        at,
        hasName: data.realName === true,
        contactedAt: Infinity,
        rectifiedAt: Infinity,
      });
    if (type !== 'rating.contacted' && type !== 'rating.rectified') continue;
    const answered = type === 'rating.contacted' ? 'contactedAt' : 'rectifiedAt';
    // Who gave no name cannot be called back, and waits for no call.
    const waiting = bad.filter(
      (rating) => rating[answered] === Infinity && (rating.hasName || type === 'rating.rectified'),
    );
    const meant =
      data.rating === undefined ? waiting[0] : waiting.find((rating) => rating.id === data.rating);
    if (meant) meant[answered] = at;
  }
  return bad;
}
