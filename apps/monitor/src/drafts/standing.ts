import type { RuleDocument } from '../rulebook/rule-document';
import type { DraftBook } from './draft-book';

/** 待施行, 现行, 已失效, 已被取代. */
export type Standing = 'to-come' | 'in-force' | 'past' | 'superseded';

/** Whether a document holds today: a ruleset for cases accepted today, others as such. @param today `YYYY-MM-DD` */
export function standingOf(
  document: Pick<RuleDocument, 'kind' | 'id' | 'inForceFrom' | 'approved'>,
  book: Pick<DraftBook, 'documents' | 'superseded'>,
  today: string,
): Standing {
  const isIt = (other: RuleDocument): boolean =>
    other.kind === document.kind &&
    other.id === document.id &&
    other.inForceFrom === document.inForceFrom &&
    other.approved === document.approved;
  const isHeld = book.documents.some(isIt);
  if (document.inForceFrom === null) return isHeld ? 'in-force' : 'superseded';
  const from = document.inForceFrom;
  if (book.superseded.some(isIt)) return 'superseded';
  if (from > today) return 'to-come';
  const isFollowed = book.documents.some(
    (other) =>
      other.kind === document.kind && (other.inForceFrom ?? '') > from && (other.inForceFrom ?? '') <= today,
  );
  return isFollowed ? 'past' : 'in-force';
}
