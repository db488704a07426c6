import type { DraftKind } from '@mingjian/contracts';
import type { RuleDocument } from '../rulebook/rule-document';
import type { DraftBook } from './draft-book';
import { nextVersion } from './draft-document';
import { DraftRefused } from './draft-refused';
import { currentOf } from './draft-rows';

/** What a draft is made from. @param name of the kind, for people. @throws DraftRefused where there is no such document. */
export function baseOf(
  book: Pick<DraftBook, 'documents'>,
  kind: DraftKind,
  id: string,
  name: string,
): RuleDocument {
  const base = currentOf(book, kind, id);
  if (base === undefined) throw new DraftRefused('unknown-version', `没有${name} ${id}`);
  return base;
}

/** A name for the version that comes after a document. @param today `YYYY-MM-DD` */
export function freeVersion(
  base: RuleDocument,
  book: Pick<DraftBook, 'documents' | 'superseded'>,
  today: string,
): string {
  const taken = new Set(
    [...book.documents, ...book.superseded].flatMap(({ kind, id, version }) =>
      kind === base.kind && id === base.id && version !== null ? [version] : [],
    ),
  );
  return nextVersion(base.version, taken, today);
}
