import { BadInputError, contradiction, type Problem } from '@mingjian/contracts';
import { compileWritten, type Mapping, type WrittenMapping } from '@mingjian/mapping';
import { writtenDigest, type FeedMappingRow, type RuleVersionRow } from '@mingjian/store';
import type { LoadedFeed } from './load-feeds';
import { approvedName, withMapping } from './with-mapping';

/** A feed with the mapping that it reads with now. */
export interface FeedInUse extends LoadedFeed {
  /** Null for HTTP alone. */
  mapping: Mapping | null;
  /** What is told of it; null: it reads step events. */
  told: Pick<FeedMappingRow, 'mapping' | 'document' | 'digest' | 'origin' | 'draftId'> | null;
}

/**
 * What a feed reads with: what was approved last under the name of its mapping, else its file. A file counts for nothing as
 * long as it is what some draft was made from, or a copy of something approved.
 * @param approved mappings in order of approval
 * @throws BadInputError where its file says something else than what was approved, where nothing was approved under the name
 * that it asks for, where this software cannot read what was, or where that does not fit the feed.
 */
export function feedInUse(feed: LoadedFeed, approved: readonly RuleVersionRow[]): FeedInUse {
  const { file, document, written } = feed;
  if (document.kind === 'http') return { ...feed, told: null };
  const asked = approvedName(document);
  const name = asked ?? feed.mapping?.name ?? '';
  const own = ofName(name, approved);
  const last = own.at(-1);
  if (asked === null && (written === null || last === undefined))
    return { ...feed, told: written === null ? null : toldOf(name, written) };
  if (last === undefined) throw nothingApproved(feed.file, name);
  if (written !== null) requireNoOther(document.mapping, written, own, last);
  const parsed = JSON.parse(last.document) as unknown;
  const { mapping, source } = withMapping({ file, document }, compileWritten(parsed, `approved:${name}`));
  const { document: text, digest, draftId } = last;
  const told = { mapping: name, document: text, digest, origin: 'approved', draftId } as const;
  return { ...feed, mapping, source, told };
}

/**
 * What was approved last under a name. @param place where it is asked for, for the error text
 * @throws BadInputError where nothing was, or where this software cannot read it.
 */
export function approvedMapping(name: string, approved: readonly RuleVersionRow[], place: string): Mapping {
  const last = ofName(name, approved).at(-1);
  if (last === undefined) throw nothingApproved(place, name);
  return compileWritten(JSON.parse(last.document), `approved:${name}`);
}

function ofName(name: string, approved: readonly RuleVersionRow[]): RuleVersionRow[] {
  return approved.filter(({ kind, documentId }) => kind === 'mapping' && documentId === name);
}

/** All feeds of a process. @throws BadInputError with the problems of all. */
export function feedsInUse(feeds: readonly LoadedFeed[], approved: readonly RuleVersionRow[]): FeedInUse[] {
  const problems: Problem[] = [];
  const found = feeds.flatMap((feed) => {
    try {
      return [feedInUse(feed, approved)];
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return found;
}

/** Whether both read alike and are told alike. */
export function isSameInUse(one: FeedInUse, other: FeedInUse): boolean {
  return (
    one.told?.digest === other.told?.digest &&
    one.told?.origin === other.told?.origin &&
    one.told?.draftId === other.told?.draftId
  );
}

function toldOf(mapping: string, written: WrittenMapping): FeedInUse['told'] {
  const document = JSON.stringify(written);
  return { mapping, document, digest: writtenDigest(written), origin: 'file', draftId: null };
}

function requireNoOther(
  file: string,
  written: WrittenMapping,
  approved: readonly RuleVersionRow[],
  last: RuleVersionRow,
): void {
  const digest = writtenDigest(written);
  if (approved.some((one) => one.digest === digest || one.baseDigest === digest)) return;
  const version = typeof written.version === 'string' ? written.version : null;
  const held = { kind: 'mapping', id: last.documentId, version: last.version, inForceFrom: null } as const;
  throw new BadInputError([contradiction({ file, version, inForceFrom: null }, held)]);
}

function nothingApproved(place: string, name: string): BadInputError {
  return new BadInputError([
    {
      ...{
        place,
        field: 'mapping',
        expected: `a mapping ${name} that was approved`,
        got: 'none of that name',
      },
      hint: 'begin a draft of a new mapping in the console (来源与映射) and have it approved, or name a mapping file',
    },
  ]);
}
