import type { NewDraft } from '@mingjian/contracts';
import type { Queryable, RuleDraftRow, Store } from '@mingjian/store';
import type { Role } from '../../identity/principal';
import type { RuleDocument } from '../../rulebook/rule-document';
import type { DraftBook, SitePaths } from '../draft-book';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import type { DraftView } from '../draft-view';

/** What a new draft holds, and what it is held against. */
export interface DraftBeginning {
  base: RuleDocument;
  title: string;
  document: Written;
  revertOf: number | null;
}

/** Where a draft begins. */
export interface Beginning {
  book: DraftBook;
  store: Store;
  /** `YYYY-MM-DD` at the site. */
  today: string;
}

/** What an impact run looks at, in slices. */
export interface ImpactRun {
  /** Cases, notices or months that are looked at. */
  total: number;
  /** Whether older ones were left out because there are too many. */
  isCut: boolean;
  /** Looks at those from one place to before another. */
  look: (from: number, to: number) => Promise<void>;
  /** What came of it, as JSON holds it. */
  result: () => unknown;
}

/** The period that an impact run looks at, epoch milliseconds, and how much of it at most. */
export interface ImpactPeriod {
  since: number;
  until: number;
  most: number;
}

/** What differs from one kind of document that is changed by drafts to another. */
export interface KindOfDraft {
  /** 规则集, as people call it. */
  name: string;
  /** Title of a draft that nobody gave one. */
  title: string;
  /** Whether a title may tell what was changed into what. Left out: it names the members alone, since their values may be personal or secret. */
  tellsValues?: true;
  /** Who may read such a document. */
  readers: readonly Role[];
  /** The earliest first day of a new version; null: it is in force once approved and has none. */
  earliest: ((today: string) => string) | null;
  /** A document under a version of its own, before anything is changed in it. */
  renewed: (written: Written, version: string, today: string) => Written;
  /** What a draft of this kind begins with; left out: what is in force. @throws DraftRefused */
  begin?: (body: NewDraft, at: Beginning) => Promise<DraftBeginning>;
  /** What is wrong with a document that is well known to be an object. */
  check: (documentId: string, written: Written, book: DraftBook, now: number) => DraftProblem[];
  /** Whether it may be kept and shown at all. @throws DraftRefused */
  requireStorable?: (written: Written) => void;
  /** Whether this site can work by it: asked before it is submitted and approved. @throws DraftRefused */
  requireUsable?: (written: Written, paths: SitePaths) => Promise<void>;
  /** What an approval adds to it. */
  approved: (row: RuleDraftRow, today: string) => Written;
  /**
   * Compares what is in force with a draft by the record of the last days. Sends nothing and changes nothing.
   * @throws ZodError at once where the document does not fit its schema.
   */
  impact: (
    document: Written,
    book: DraftBook,
  ) => (from: Queryable, period: ImpactPeriod) => Promise<ImpactRun>;
  /** What came of it, for people. */
  presentImpact: (result: unknown, draft: RuleDraftRow, view: Pick<DraftView, 'book' | 'present'>) => object;
}
