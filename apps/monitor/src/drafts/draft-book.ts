import { BadInputError, type DraftKind, type Problem, type RecipientsDocument } from '@mingjian/contracts';
import { loadRuleVersions, type Queryable, type RuleVersionRow } from '@mingjian/store';
import { approvedDocuments } from '../rulebook/approved-documents';
import { ruleBookOf, type LoadedRuleBook } from '../rulebook/load-rule-book';
import type { RuleDocument } from '../rulebook/rule-document';
import {
  approvedSiteDocuments,
  joinSite,
  readSiteFile,
  RECIPIENTS,
  type SiteDocument,
} from '../rulebook/site-documents';

/** Files of documents that a site has one of; empty: none. */
export interface SitePaths {
  recipients: string;
}

/** Such files as they were read; null where there is none, or it cannot be read. */
interface SiteFiles {
  recipients: SiteDocument<RecipientsDocument> | null;
  problems: Partial<Record<DraftKind, Problem[]>>;
}

/** Everything that is changed by drafts, as it holds now. */
export interface DraftBook {
  rules: LoadedRuleBook;
  /** Null where nobody is told anything. */
  recipients: SiteDocument<RecipientsDocument> | null;
  /** Every document that holds, of whatever kind. */
  documents: readonly RuleDocument[];
  /** Approved documents in whose place a later approval stepped. */
  superseded: readonly RuleDocument[];
  /** What keeps files and approvals of a kind from going together. */
  problems: Partial<Record<DraftKind, readonly Problem[]>>;
  files: SiteFiles;
}

/** Documents that a site has one of, read anew whenever drafts are looked at. */
const SITE_KINDS: readonly DraftKind[] = ['recipients'];

/** Everything that holds: the rules that this process has loaded, and the rest as it stands in files and store now. */
export async function readDraftBook(
  rules: LoadedRuleBook,
  paths: SitePaths,
  store: Queryable,
): Promise<DraftBook> {
  return bookOf(rules, await readSiteFiles(paths), await loadRuleVersions(store, SITE_KINDS));
}

/** The same with other approvals, also of rules. @throws BadInputError where rules contradict each other. */
export function bookWith(book: DraftBook, rows: readonly RuleVersionRow[]): DraftBook {
  return bookOf(ruleBookOf(book.rules.files, approvedDocuments(rows), ''), book.files, rows);
}

function bookOf(rules: LoadedRuleBook, files: SiteFiles, rows: readonly RuleVersionRow[]): DraftBook {
  const approved = approvedSiteDocuments(RECIPIENTS, rows);
  const recipients = joinSite(files.recipients, approved);
  const held = recipients.held === null ? [] : [recipients.held.document];
  const past = approved.map(({ document }) => document).filter((one) => !held.includes(one));
  return {
    ...{ rules, files, recipients: recipients.held },
    documents: [...rules.documents, ...held],
    superseded: [...rules.superseded, ...past],
    problems: { recipients: [...(files.problems.recipients ?? []), ...recipients.problems] },
  };
}

/** A file that cannot be read keeps nobody from drafts of other kinds. */
async function readSiteFiles({ recipients }: SitePaths): Promise<SiteFiles> {
  try {
    return { recipients: await readSiteFile(RECIPIENTS, recipients), problems: {} };
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return { recipients: null, problems: { recipients: error.problems } };
  }
}
