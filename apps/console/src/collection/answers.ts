/* What the API says about where records come from: who may send, with which keys, and how foreign records are read. */

/** A key of a sender; the key itself is shown once, when it is issued. */
export interface SourceKey {
  id: number;
  issuedAt: string;
  issuedBy: string;
  /** Null: good until it is ended. */
  endsAt: string | null;
  lastUsedAt: string | null;
}

/** A sender of the register that is in force. */
export interface Sender {
  source: string;
  department: string;
  departmentName: string | null;
  title: string | null;
  contact: string | null;
  note: string | null;
  lastReceivedAt: string | null;
  keys: readonly SourceKey[];
}

/** Who may send; with no register approved, the files of the collectors say it. */
export interface SourceRegister {
  register: { id: string; version: string; draft: number | null } | null;
  senders: readonly Sender[];
  /** Heard of, and not in the register. */
  unregistered: readonly {
    source: string;
    department: string | null;
    lastReceivedAt: string | null;
    /** Good still, and refused while a register without their source is in force. */
    keys: readonly SourceKey[];
  }[];
}

/** A mapping that feeds read with, or that was approved. */
export interface MappingRow {
  name: string;
  source: string | null;
  origin: 'file' | 'approved';
  version: string | null;
  /** The draft that it was approved as. */
  draft: number | null;
  feeds: readonly { feed: string; kind: string; toldAt: string }[];
  approved: { draft: number; version: string } | null;
  /** Approved, and some collector does not read with it yet. */
  pending: boolean;
}

export const TRIAL_FORMATS = ['csv', 'json', 'ndjson', 'xml'] as const;
export type TrialFormat = (typeof TRIAL_FORMATS)[number];

/** An event that a record would mean. */
export interface TriedEvent {
  type: string;
  subject: string;
  time: string;
  id: string;
  data: Record<string, unknown>;
}

/** What is wrong with a record, or with a text of records, in words for people. */
export interface TriedProblem {
  field: string;
  expected: string;
  got: string;
  hint: string;
}

/** What a record means by one mapping, which may be events beside a fault; null: nothing, and no fault. */
export type TriedReading = { events?: readonly TriedEvent[]; problem?: TriedProblem } | null;

/** A record by the mapping in use and by the draft; left out: that one finds no such record in the text. */
export interface TriedRecord {
  place: string;
  now?: TriedReading;
  draft?: TriedReading;
}

export interface Trial {
  records: readonly TriedRecord[];
  sum: {
    /** Null where no mapping is in use under the name, or it cannot read the text. */
    now: object | null;
    /** Why the mapping in use cannot read the text as a whole. */
    nowProblems: readonly TriedProblem[];
  };
}

interface BeforeAfter {
  before: number;
  after: number;
}
/** What a record in quarantine comes to by one mapping: types of events; null: nothing, and no fault. */
export type HeldOutcome = { events: readonly string[] } | { problem: TriedProblem } | null;

/** What a draft of a mapping would make of the records in quarantine; nothing of it is released. */
export interface MappingImpactResult {
  /** Records in quarantine that were looked at. */
  records: number;
  accepted: BeforeAfter;
  refused: BeforeAfter;
  ignored: BeforeAfter;
  newlyAccepted: number;
  newlyRefused: number;
  /** Accepted by both as other events, or otherwise come to something else. */
  otherwise: number;
  /** Text that is cut or no record at all. */
  unreadable: number;
  byReason: readonly ({ reason: string; field: string } & BeforeAfter)[];
  examples: readonly { place: string; receivedAt: string; before: HeldOutcome; after: HeldOutcome }[];
}

interface NamedDepartment {
  code: string;
  name: string;
}
export const SOURCE_CHANGES = ['refused', 'moved', 'admitted'] as const;

/** What a draft of the register changes, and what those sources sent in the last days. */
export interface SourcesImpactResult extends Record<(typeof SOURCE_CHANGES)[number], number> {
  sources: readonly {
    source: string;
    change: (typeof SOURCE_CHANGES)[number];
    /** Null: none known, or it may not send. */
    before: NamedDepartment | null;
    after: NamedDepartment | null;
    records: number;
    dates: number;
    lastReceivedAt: string | null;
  }[];
}
