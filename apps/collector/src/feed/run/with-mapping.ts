import { BadInputError, type RunnableFeed } from '@mingjian/contracts';
import type { Mapping } from '@mingjian/mapping';
import { checkInputs } from './check-inputs';

const APPROVED = 'approved:';

/** The name of the mapping where a feed has no file for it, but what was approved; null: it has one, or needs none. */
export function approvedName({ mapping }: Pick<RunnableFeed, 'mapping'>): string | null {
  return mapping.startsWith(APPROVED) ? mapping.slice(APPROVED.length).trim() : null;
}

/** A feed that reads with this mapping. @throws BadInputError where they do not fit together. */
export function withMapping(
  { file, document }: { file: string; document: RunnableFeed },
  mapping: Mapping,
): { mapping: Mapping; source: string | null } {
  const problems = checkInputs(document, mapping, file);
  if (problems.length > 0) throw new BadInputError(problems);
  const { source } = document;
  if (source !== undefined && mapping.source !== null && source !== mapping.source) {
    const hint = 'leave it out: the mapping names the source';
    throw new BadInputError([{ place: file, field: 'source', expected: mapping.source, got: source, hint }]);
  }
  return { mapping, source: source ?? mapping.source };
}
