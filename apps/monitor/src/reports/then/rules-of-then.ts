import { bookAsKnownAt } from '@mingjian/rules';
import { loadRuleVersions, type Queryable } from '@mingjian/store';
import { approvedDocuments } from '../../rulebook/approved-documents';
import type { ReadDocuments } from '../../rulebook/join-documents';
import { ruleBookOf, type LoadedRuleBook } from '../../rulebook/load-rule-book';
import type { RuleDocument } from '../../rulebook/rule-document';
import type { ReportRules } from '../report-rules';

/** The rules of then. */
export interface RulesOfThen extends ReportRules {
  /** Calendars of which the file was replaced by what was approved later: what it said then is kept nowhere. */
  replacedCalendars: readonly string[];
}

/**
 * The rules as they were known at an instant (epoch ms): what had been approved by then joined with the files, and of all that the
 * versions and calendar entries known on that local day (`knownSince`).
 *
 * A file that says what was approved later is a copy of that and was not known. Only of a calendar of which nothing else is left it is
 * taken all the same, with the entries known on that day. Does not guarantee more than the documents say: one without `knownSince` was always
 * known.
 * @throws BadInputError where what was known does not fit together, or was nothing
 */
export async function rulesOfThen(
  live: Queryable,
  { files }: Pick<LoadedRuleBook, 'files'>,
  knownAt: number,
): Promise<RulesOfThen> {
  const versions = await loadRuleVersions(live);
  const approved = approvedDocuments(versions.filter(({ approvedAt }) => approvedAt <= knownAt));
  const before = new Set(
    [...approved.rulesets, ...approved.calendars].map(({ document }) => document.digest),
  );
  const later = new Set(versions.map(({ digest }) => digest).filter((digest) => !before.has(digest)));
  const isOfThen = ({ document }: { document: RuleDocument }): boolean => !later.has(document.digest);
  const held = new Set(approved.calendars.map(({ parsed }) => parsed.calendar));
  const replaced = files.calendars.filter((file) => !isOfThen(file) && !held.has(file.parsed.calendar));
  const known: ReadDocuments = {
    rulesets: files.rulesets.filter(isOfThen),
    calendars: [...files.calendars.filter(isOfThen), ...replaced],
  };
  const { book } = ruleBookOf(known, approved, 'rulesets');
  const used = new Set(book.rulesets.map(({ calendar }) => calendar));
  return {
    book: bookAsKnownAt(book, knownAt),
    replacedCalendars: replaced.map(({ parsed }) => parsed.calendar).filter((id) => used.has(id)),
  };
}
