import { CalendarDocument, RulesetDocument, type DraftKind } from '@mingjian/contracts';
import { lastRuleVersionId, loadRuleVersions, type Queryable, type RuleVersionRow } from '@mingjian/store';
import type { ApprovedDocuments } from './load-rule-book';
import type { ApprovedDocument } from './rule-document';

/** Where approved documents come from. */
export interface ApprovedSource {
  /** Another text when something else was approved. */
  stamp(): Promise<string>;
  load(): Promise<ApprovedDocuments>;
}

/** A site without a store, or before it had one: nothing was approved. */
export const NOTHING_APPROVED: ApprovedSource = {
  stamp: () => Promise.resolve(''),
  load: () => Promise.resolve({ rulesets: [], calendars: [] }),
};

/** Kinds of documents that cases are judged by. */
const JUDGED_BY: readonly DraftKind[] = ['ruleset', 'calendar'];

/** What was approved, by the rows of a store: it reaches every monitor of a site and outlives each. */
export function approvedInStore(store: Queryable): ApprovedSource {
  return {
    stamp: async () => String(await lastRuleVersionId(store, JUDGED_BY)),
    load: async () => approvedDocuments(await loadRuleVersions(store, JUDGED_BY)),
  };
}

/**
 * Rows of approved rulesets and calendars as documents, in order of approval; other kinds judge nothing and are left out.
 * @throws ZodError where this software cannot read one.
 */
export function approvedDocuments(rows: readonly RuleVersionRow[]): ApprovedDocuments {
  const rulesets: ApprovedDocuments['rulesets'][number][] = [];
  const calendars: ApprovedDocuments['calendars'][number][] = [];
  for (const row of rows) {
    const written = JSON.parse(row.document) as Record<string, unknown>;
    const document = approvedDocument(row, written);
    if (row.kind === 'ruleset') rulesets.push({ parsed: RulesetDocument.parse(written), document });
    else if (row.kind === 'calendar') calendars.push({ parsed: CalendarDocument.parse(written), document });
  }
  return { rulesets, calendars };
}

function approvedDocument(row: RuleVersionRow, written: Record<string, unknown>): ApprovedDocument {
  const { kind, documentId, version, inForceFrom, digest, baseDigest, draftId } = row;
  return {
    ...{ kind, id: documentId, version, inForceFrom, digest, baseDigest, written },
    ...{ file: null, approved: draftId },
  };
}
