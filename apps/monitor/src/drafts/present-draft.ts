import type { DraftImpactRow, ListedDraft, RuleDraftRow } from '@mingjian/store';
import type { DraftProblem } from './draft-problem';
import { yamlOf } from './draft-document';
import { documentOf, doingsOf, historyOf, isBaseCurrent } from './draft-rows';
import type { DraftView } from './draft-view';
import { KINDS } from './kinds';
import { ownChanges } from './own-changes';
import { standingOf } from './standing';

/** A draft as a list shows it. */
export function presentDraftRow(row: ListedDraft, { book, present, today, who }: DraftView): object {
  const isCurrent = isBaseCurrent(book, row);
  const problems = JSON.parse(row.problems) as DraftProblem[];
  const count = (severity: DraftProblem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const { id, kind, documentId, title, state, version, revertOf, documentVersion, inForceFrom, reason } = row;
  return {
    ...{ id, kind, documentId, title, state },
    standing:
      state === 'approved'
        ? standingOf({ kind, id: documentId, inForceFrom, approved: id }, book, today)
        : null,
    version,
    author: { id: row.author, name: row.authorName },
    editedBy: { id: row.editedBy, name: row.editedByName },
    createdAt: present.time(row.createdAt),
    editedAt: present.time(row.editedAt),
    base: { version: row.baseVersion, inForceFrom: row.baseInForceFrom },
    isBaseCurrent: isCurrent,
    ...{ revertOf, documentVersion, inForceFrom, reason },
    submittedBy: actor(row.submittedBy, row.submittedByName),
    submittedAt: present.timeOrNull(row.submittedAt),
    decidedBy: actor(row.decidedBy, row.decidedByName),
    decidedAt: present.timeOrNull(row.decidedAt),
    decisionNote: row.decisionNote,
    counts: { errors: count('error'), warnings: count('warning'), notices: count('notice') },
    can: doingsOf(row, who, isCurrent),
  };
}

/** A draft with its document, what is wrong with it, and who did what. */
export function presentDraft(row: RuleDraftRow, view: DraftView): object {
  const document = documentOf(row);
  return {
    ...presentDraftRow(row, view),
    problems: JSON.parse(row.problems) as DraftProblem[],
    history: historyOf(row).map((entry) => ({ ...entry, at: view.present.time(entry.at) })),
    /** What keeps it from being submitted where there is none. */
    changes: ownChanges(JSON.parse(row.baseDocument), document).length,
    document,
    yaml: yamlOf(document),
  };
}

/** A back-test: how far it is, or what came of it. */
export function presentImpact(
  row: DraftImpactRow | null,
  draft: RuleDraftRow,
  digest: string,
  state: (row: DraftImpactRow) => DraftImpactRow['state'],
  view: Pick<DraftView, 'book' | 'present'>,
): object | null {
  if (row === null) return null;
  const result = JSON.parse(row.result) as unknown;
  return {
    state: state(row),
    draftVersion: row.draftVersion,
    isStale: row.digest !== digest,
    ...{ since: row.since, until: row.until, done: row.done, total: row.total, isCut: row.isCut },
    startedBy: { id: row.startedBy, name: row.startedByName },
    startedAt: view.present.time(row.startedAt),
    result: result === null ? null : KINDS[draft.kind].presentImpact(result, draft, view),
  };
}

function actor(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id };
}
