import type { Light } from '../api/answers';
import type { MappingImpactResult, SourcesImpactResult } from '../collection/answers';
import type { JsonObject } from './edit-document';

/** What is changed by drafts: rules, calendars, who is told, how months are scored, who may send, how records are read. */
export const DRAFT_KINDS = ['ruleset', 'calendar', 'recipients', 'scheme', 'sources', 'mapping'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];
/** Kinds of which a draft needs nothing to begin with; of mappings there are many, and each begins beside its name. */
export const KINDS_BEGUN_AT_ONCE = DRAFT_KINDS.filter((kind) => kind !== 'mapping');

/** What the API says about drafts of rules. Instants are RFC 3339 texts; dates `2026-11-22`. */
export interface Person {
  id: string;
  name: string;
}
export const DRAFT_STATES = ['editing', 'submitted', 'returned', 'approved', 'discarded'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];
export type DraftAct =
  'edit' | 'submit' | 'recall' | 'approve' | 'return' | 'discard' | 'rebase' | 'revert' | 'impact';

/** What is wrong or odd in a document, and where. Texts are for people as they stand. */
export interface DraftProblem {
  severity: 'error' | 'warning' | 'notice';
  code: string;
  /** Empty: the whole document. */
  path: readonly string[];
  field: string;
  expected: string;
  got: string;
  hint: string;
}

export interface DraftRow {
  id: number;
  kind: DraftKind;
  documentId: string;
  title: string;
  state: DraftState;
  standing: Standing | null;
  version: number;
  author: Person;
  editedBy: Person;
  editedAt: string;
  base: { version: string | null; inForceFrom: string | null };
  isBaseCurrent: boolean;
  revertOf: number | null;
  documentVersion: string | null;
  inForceFrom: string | null;
  reason: string | null;
  submittedBy: Person | null;
  submittedAt: string | null;
  decidedBy: Person | null;
  decidedAt: string | null;
  decisionNote: string | null;
  counts: { errors: number; warnings: number; notices: number };
  /** What whoever asks may do now. */
  can: readonly DraftAct[];
}

export interface Draft extends DraftRow {
  problems: readonly DraftProblem[];
  /** How much it changes of itself; 0: there is nothing to submit. */
  changes: number;
  history: readonly { at: string; who: Person; act: string; note: string | null; version: number }[];
  document: JsonObject;
  yaml: string;
}

export interface Diff {
  base: { version: string | null; inForceFrom: string | null };
  fields: {
    path: readonly string[];
    field: string;
    kind: 'added' | 'removed' | 'changed';
    /** Whether every draft changes it: version and days. */
    isGiven: boolean;
    before: string | null;
    after: string | null;
  }[];
  yaml: { kind: 'same' | 'removed' | 'added' | 'gap'; text: string }[];
}

interface BeforeAfter {
  before: number;
  after: number;
}
interface GivenLight {
  from: string;
  light: Light;
  clock: string | null;
  dueAt: string | null;
}
export interface ImpactOfOne {
  code: string | null;
  name: string;
  cases: number;
  changed: number;
  red: BeforeAfter;
  yellow: BeforeAfter;
  grey: BeforeAfter;
}

/** What a back-test by the cases of the last days came to: which lights would be others. */
export interface LightImpactResult {
  cases: number;
  changed: number;
  red: BeforeAfter;
  yellow: BeforeAfter;
  grey: BeforeAfter;
  byDepartment: ImpactOfOne[];
  byItem: ImpactOfOne[];
  mostAffected: {
    caseNo: string;
    departmentName: string | null;
    itemName: string | null;
    before: Light | null;
    after: Light | null;
    beforeLights: GivenLight[];
    afterLights: GivenLight[];
  }[];
}

/** Messages of the last days by what is in force and by the draft: of a department, a person, a channel. */
export interface ToldGroup {
  code: string | null;
  name: string;
  told: BeforeAfter;
  untold: BeforeAfter;
  changed: number;
}
interface FilledText {
  subject: string;
  text: string;
}

/** Who would have been told of the notices of the last days, and changed texts filled with an example. */
export interface ToldImpactResult {
  notices: number;
  told: BeforeAfter;
  untold: BeforeAfter;
  changed: number;
  retimed: number;
  byDepartment: ToldGroup[];
  byPerson: ToldGroup[];
  byChannel: ToldGroup[];
  examples: {
    subject: string;
    departmentName: string;
    at: string;
    before: string[];
    after: string[];
  }[];
  templates: { field: string; before: FilledText | null; after: FilledText | null }[];
}

interface ScoreStanding {
  total: number | null;
  rank: number | null;
}

/** Scores of the last published months by what is in force and by the draft; differences of points and places, more is better. */
export interface ScoreImpactResult {
  months: {
    month: string;
    units: {
      code: string;
      name: string;
      before: ScoreStanding;
      after: ScoreStanding;
      total: number | null;
      rank: number | null;
    }[];
  }[];
}

/** What a draft would have changed in the last days; of which form the result is, the kind of the draft says. */
export interface Impact {
  state: 'running' | 'done' | 'cancelled' | 'failed';
  isStale: boolean;
  since: string;
  until: string;
  done: number;
  total: number;
  isCut: boolean;
  result:
    | LightImpactResult
    | ToldImpactResult
    | ScoreImpactResult
    | SourcesImpactResult
    | MappingImpactResult
    | null;
}

export type Standing = 'in-force' | 'to-come' | 'past' | 'superseded';

/** A version in the book: from a file, or approved here. */
export interface RuleVersion {
  kind: DraftKind;
  documentId: string;
  version: string | null;
  inForceFrom: string | null;
  standing: Standing;
  origin: 'file' | 'approved';
  draftId: number | null;
  approvedBy: Person | null;
  approvedAt: string | null;
  reason: string | null;
}

/** A row or cell of an import that cannot be taken. */
export interface ImportProblem {
  place: string;
  field: string;
  expected: string;
  got: string;
  hint: string;
}
