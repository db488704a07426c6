import type { Problem } from '@mingjian/contracts';
import {
  listFeedStates,
  loadFeedMappings,
  type FeedMappingRow,
  type Queryable,
  type RuleVersionRow,
} from '@mingjian/store';
import { contradiction } from '../../rulebook/join-documents';
import type { ApprovedDocument, RuleDocument } from '../../rulebook/rule-document';

/** What a collector told of a feed. */
export interface ToldMapping extends FeedMappingRow {
  /** Nobody has run the feed for so long that what was told of it binds nobody. */
  isAbandoned: boolean;
}

/** A feed that no collector ran for this long is none any more: its row stays, and nobody tells its end. */
const ABANDONED_AFTER_MS = 30 * 86_400_000;

/** What is known of one mapping: what was approved under its name, and what collectors told that they read with. */
export interface KnownMapping {
  name: string;
  /** What was approved last, else what a collector read with when it told so last. */
  held: RuleDocument;
  /** Approved documents in whose place a later approval stepped. */
  past: readonly RuleDocument[];
  /** The feeds that read with it, by name. */
  feeds: readonly ToldMapping[];
  /** Files that say something else than what was approved, and than what any of it was made from. */
  problems: readonly Problem[];
}

/** What every collector told that it reads with. @param now epoch milliseconds of the machine, by which collectors run. */
export async function readToldMappings(from: Queryable, now: number): Promise<ToldMapping[]> {
  const [told, states] = [await loadFeedMappings(from), await listFeedStates(from)];
  const ran = new Map(
    states.map(({ feed, leaseUntil, lastRunAt, lastProgressAt }) => [
      feed,
      Math.max(leaseUntil, lastRunAt ?? 0, lastProgressAt ?? 0),
    ]),
  );
  return told.map((row) => {
    const seenAt = Math.max(row.toldAt, ran.get(row.feed) ?? 0);
    return { ...row, isAbandoned: seenAt < now - ABANDONED_AFTER_MS };
  });
}

/**
 * Every mapping by its name. What is approved holds in place of the file of each feed; a file that is what some draft was made from, or a
 * copy of what was approved, counts for nothing then, and one that says something else is a problem.
 */
export function mappingsOf(
  told: readonly ToldMapping[],
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
  feeds: readonly ToldMapping[],
  approved: readonly ApprovedDocument[],
): KnownMapping {
  const files = feeds.filter(({ origin, isAbandoned }) => origin === 'file' && !isAbandoned).map(toldMapping);
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
