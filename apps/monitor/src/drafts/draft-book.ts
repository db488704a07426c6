import {
  BadInputError,
  type DraftKind,
  type Problem,
  type RecipientsDocument,
  type ScoreScheme,
  type SourcesDocument,
} from '@mingjian/contracts';
import {
  listContacts,
  loadRuleVersions,
  type Queryable,
  type RuleVersionRow,
  type SourceContactRow,
} from '@mingjian/store';
import { approvedDocuments } from '../rulebook/approved-documents';
import { ruleBookOf, type LoadedRuleBook } from '../rulebook/load-rule-book';
import type { RuleDocument } from '../rulebook/rule-document';
import {
  approvedSiteDocuments,
  joinInTurn,
  joinSite,
  readSiteFile,
  RECIPIENTS,
  SCHEME,
  SOURCES,
  type SiteDocument,
  type SiteKind,
} from '../rulebook/site-documents';
import { mappingsOf, readToldMappings, type KnownMapping, type ToldMapping } from './mapping/mapping-book';

/** Files of documents that a site has one of; empty: none. */
export interface SitePaths {
  recipients: string;
  scoreScheme: string;
}

/** Such files as they were read; null where there is none, or it cannot be read. */
interface SiteFiles {
  recipients: SiteDocument<RecipientsDocument> | null;
  scheme: SiteDocument<ScoreScheme> | null;
  problems: Partial<Record<DraftKind, Problem[]>>;
}

/** Everything that is changed by drafts, as it holds now. */
export interface DraftBook {
  rules: LoadedRuleBook;
  /** Null where nobody is told anything. */
  recipients: SiteDocument<RecipientsDocument> | null;
  /** Schemes by their first months; none where nothing is scored. */
  schemes: readonly SiteDocument<ScoreScheme>[];
  /** The register of sources; null where nobody approved one yet. */
  sources: SiteDocument<SourcesDocument> | null;
  /** Every source that was heard of. */
  contacts: readonly SourceContactRow[];
  /** By name: what was approved, and what collectors told that they read with. */
  mappings: ReadonlyMap<string, KnownMapping>;
  /** What collectors told. */
  told: readonly ToldMapping[];
  /** Every document that holds, of whatever kind. */
  documents: readonly RuleDocument[];
  /** Approved documents in whose place a later approval stepped. */
  superseded: readonly RuleDocument[];
  /** What keeps files and approvals of a kind from going together. */
  problems: Partial<Record<DraftKind, readonly Problem[]>>;
  files: SiteFiles;
}

/** Documents that no case is judged by, read anew whenever drafts are looked at. */
const SITE_KINDS: readonly DraftKind[] = ['recipients', 'scheme', 'sources', 'mapping'];

/**
 * Everything that holds: the rules that this process has loaded, and the rest as it stands in files and store now.
 * @param now epoch milliseconds of the machine
 */
export async function readDraftBook(
  rules: LoadedRuleBook,
  paths: SitePaths,
  store: Queryable,
  now: number,
): Promise<DraftBook> {
  const files = await readSiteFiles(paths);
  const known = { contacts: await listContacts(store), told: await readToldMappings(store, now) };
  return bookOf(rules, files, known, await loadRuleVersions(store, SITE_KINDS));
}

/** The same with other approvals, also of rules. @throws BadInputError where rules contradict each other. */
export function bookWith(book: DraftBook, rows: readonly RuleVersionRow[]): DraftBook {
  const rules = ruleBookOf(book.rules.files, approvedDocuments(rows), '');
  return bookOf(rules, book.files, book, rows);
}

function bookOf(
  rules: LoadedRuleBook,
  files: SiteFiles,
  { contacts, told }: Pick<DraftBook, 'contacts' | 'told'>,
  rows: readonly RuleVersionRow[],
): DraftBook {
  const approved = approvedSiteDocuments(RECIPIENTS, rows);
  const recipients = joinSite(files.recipients, approved);
  const schemes = joinInTurn(files.scheme, approvedSiteDocuments(SCHEME, rows));
  const registers = approvedSiteDocuments(SOURCES, rows);
  const sources = joinSite(null, registers).held;
  const held = [recipients.held, sources].flatMap((one) => (one === null ? [] : [one.document]));
  const past = [...approved, ...registers]
    .map(({ document }) => document)
    .filter((one) => !held.includes(one));
  const mappings = mappingsOf(told, rows);
  const known = [...mappings.values()];
  return {
    ...{
      rules,
      files,
      recipients: recipients.held,
      schemes: schemes.held,
      sources,
      contacts,
      mappings,
      told,
    },
    documents: [
      ...rules.documents,
      ...held,
      ...schemes.held.map(({ document }) => document),
      ...known.map((mapping) => mapping.held),
    ],
    superseded: [
      ...rules.superseded,
      ...past,
      ...schemes.superseded,
      ...known.flatMap((mapping) => mapping.past),
    ],
    problems: {
      recipients: [...(files.problems.recipients ?? []), ...recipients.problems],
      scheme: [...(files.problems.scheme ?? []), ...schemes.problems],
    },
  };
}

/** A file that cannot be read keeps nobody from drafts of other kinds. */
async function readSiteFiles({ recipients, scoreScheme }: SitePaths): Promise<SiteFiles> {
  const problems: SiteFiles['problems'] = {};
  const read = async <Parsed>(of: SiteKind<Parsed>, file: string): Promise<SiteDocument<Parsed> | null> => {
    try {
      return await readSiteFile(of, file);
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      problems[of.kind] = error.problems;
      return null;
    }
  };
  return {
    recipients: await read(RECIPIENTS, recipients),
    scheme: await read(SCHEME, scoreScheme),
    problems,
  };
}
