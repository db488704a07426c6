import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { RuleDocument } from '../rulebook/rule-document';

/** 待施行, 现行, 已失效, 已被取代. */
export type Standing = 'to-come' | 'in-force' | 'past' | 'superseded';

/** Whether a document judges cases accepted today. @param today `YYYY-MM-DD` */
export function standingOf(
  document: Pick<RuleDocument, 'kind' | 'id' | 'inForceFrom' | 'approved'>,
  loaded: LoadedRuleBook,
  today: string,
): Standing {
  const isIt = (other: RuleDocument): boolean =>
    other.kind === document.kind &&
    other.id === document.id &&
    other.inForceFrom === document.inForceFrom &&
    other.approved === document.approved;
  const isHeld = loaded.documents.some(isIt);
  if (document.kind === 'calendar') return isHeld ? 'in-force' : 'superseded';
  const from = document.inForceFrom ?? '';
  if (loaded.superseded.some(isIt)) return 'superseded';
  if (from > today) return 'to-come';
  const isFollowed = loaded.documents.some(
    (other) =>
      other.kind === 'ruleset' && (other.inForceFrom ?? '') > from && (other.inForceFrom ?? '') <= today,
  );
  return isFollowed ? 'past' : 'in-force';
}
