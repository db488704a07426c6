import { bookAsKnownAt } from '@mingjian/rules';
import { loadRuleVersions, type Queryable } from '@mingjian/store';
import { approvedDocuments } from '../../rulebook/approved-documents';
import type { ReadDocuments } from '../../rulebook/join-documents';
import { ruleBookOf, type LoadedRuleBook } from '../../rulebook/load-rule-book';
import type { ReportRules } from '../report-rules';

/**
 * The rules as they were known at an instant (epoch ms): what had been approved by then joined with the files, and of all that the
 * versions and calendar entries known on that local day (`knownSince`).
 *
 * A file that says what was approved later is a copy of that and was not known; of a calendar it stays where nothing was approved
 * before, with the entries known on that day. Does not guarantee more than the documents say: one without `knownSince` was always known.
 * @throws BadInputError where what was known does not fit together, or was nothing
 */
export async function rulesOfThen(
  live: Queryable,
  { files }: Pick<LoadedRuleBook, 'files'>,
  knownAt: number,
): Promise<ReportRules> {
  const versions = await loadRuleVersions(live);
  const approved = approvedDocuments(versions.filter(({ approvedAt }) => approvedAt <= knownAt));
  const before = new Set(
    [...approved.rulesets, ...approved.calendars].map(({ document }) => document.digest),
  );
  const later = new Set(versions.map(({ digest }) => digest).filter((digest) => !before.has(digest)));
  const calendars = new Set(approved.calendars.map(({ parsed }) => parsed.calendar));
  const known: ReadDocuments = {
    rulesets: files.rulesets.filter(({ document }) => !later.has(document.digest)),
    calendars: files.calendars.filter(
      ({ parsed, document }) => !later.has(document.digest) || !calendars.has(parsed.calendar),
    ),
  };
  const { book } = ruleBookOf(known, approved, 'rulesets');
  return { book: bookAsKnownAt(book, knownAt) };
}
