import type { Problem } from '@mingjian/contracts';
import { loadFeedMappings, type FeedMappingRow, type Queryable, type RuleVersionRow } from '@mingjian/store';
import { contradiction } from '../../rulebook/join-documents';
import type { ApprovedDocument, RuleDocument } from '../../rulebook/rule-document';

/** What is known of one mapping: what was approved under its name, and what collectors told that they read with. */
export interface KnownMapping {
  name: string;
  /** What was approved last, else what a collector read with when it told so last. */
  held: RuleDocument;
  /** Approved documents in whose place a later approval stepped. */
  past: readonly RuleDocument[];
  /** The feeds that read with it, by name. */
  feeds: readonly FeedMappingRow[];
  /** Files that say something else than what was approved, and than what any of it was made from. */
  problems: readonly Problem[];
}

/** What every collector told that it reads with. */
export function readToldMappings(from: Queryable): Promise<FeedMappingRow[]> {
  return loadFeedMappings(from);
}

/**
 * Every mapping by its name. What is approved holds in place of the file of each feed; a file that is what some draft was made from, or a
 * copy of what was approved, counts for nothing then, and one that says something else is a problem.
 */
export function mappingsOf(
  told: readonly FeedMappingRow[],
  rows: readonly RuleVersionRow[],
): ReadonlyMap<string, KnownMapping> {
  const approved = rows.filter(({ kind }) => kind === 'mapping').map(approvedMapping);
  const names = new Set([...told.map(({ mapping }) => mapping), ...approved.map(({ id }) => id)]);
  return new Map(
    [...names].sort().map((name) => [
      name,
      knownMapping(
        name,
        told.filter(({ mapping }) => mapping === name),
        approved.filter(({ id }) => id === name),
      ),
    ]),
  );
}

function knownMapping(
  name: string,
  feeds: readonly FeedMappingRow[],
  approved: readonly ApprovedDocument[],
): KnownMapping {
  const files = feeds.filter(({ origin }) => origin === 'file').map(toldMapping);
  const last = approved[approved.length - 1];
  if (last === undefined) {
    const newest = [...feeds].sort((a, b) => b.toldAt - a.toldAt)[0]!;
    return { name, held: toldMapping(newest), past: [], feeds, problems: [] };
  }
  const known = new Set(approved.flatMap(({ digest, baseDigest }) => [digest, baseDigest]));
  return {
    ...{ name, held: last, feeds },
    past: approved.slice(0, -1),
    problems: files.filter(({ digest }) => !known.has(digest)).map((file) => contradiction(file, last)),
  };
}

function toldMapping(row: FeedMappingRow): RuleDocument {
  const written = JSON.parse(row.document) as RuleDocument['written'];
  return {
    ...{ kind: 'mapping', id: row.mapping, version: versionOf(written), inForceFrom: null },
    ...{ file: row.feed, approved: null, written, digest: row.digest },
  };
}

function approvedMapping(row: RuleVersionRow): ApprovedDocument {
  const { documentId, version, digest, baseDigest, draftId } = row;
  const written = JSON.parse(row.document) as RuleDocument['written'];
  return {
    ...{ kind: 'mapping', id: documentId, version, inForceFrom: null },
    ...{ file: null, approved: draftId, written, digest, baseDigest },
  };
}

function versionOf({ version }: RuleDocument['written']): string | null {
  return typeof version === 'string' ? version : null;
}
