import { loadRuleVersions, type Queryable, type RuleVersionRow } from '@mingjian/store';
import type { RuleDocument } from '../rulebook/rule-document';
import type { DraftBook } from './draft-book';
import { standingOf, type Standing } from './standing';

/** A version of a document: in files or approved, in use or not any more. */
export interface RuleVersion {
  document: Pick<RuleDocument, 'kind' | 'id' | 'version' | 'inForceFrom' | 'approved' | 'written'>;
  standing: Standing;
  /** Null for a file. */
  row: RuleVersionRow | null;
}

/** Every version that holds or was ever approved, the latest first. */
export async function ruleVersions(book: DraftBook, from: Queryable, today: string): Promise<RuleVersion[]> {
  const rows = await loadRuleVersions(from);
  const files = book.documents.filter(({ approved }) => approved === null);
  const versions: RuleVersion[] = [
    ...files.map((document) => ({ document, standing: standingOf(document, book, today), row: null })),
    ...rows.map((row) => {
      const { kind, documentId: id, version, inForceFrom, draftId: approved } = row;
      const written = JSON.parse(row.document) as RuleDocument['written'];
      const document = { kind, id, version, inForceFrom, approved, written };
      return { document, standing: standingOf(document, book, today), row };
    }),
  ];
  const when = ({ document: { inForceFrom }, row }: RuleVersion): string =>
    `${inForceFrom ?? '9999-12-31'} ${String(row?.id ?? 0).padStart(9, '0')}`;
  return versions.sort((a, b) => (when(a) > when(b) ? -1 : 1));
}
