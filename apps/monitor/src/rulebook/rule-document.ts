import type { CalendarDocument, DraftKind, RulesetDocument } from '@mingjian/contracts';

export { writtenDigest } from '@mingjian/store';

/** A document of the rules, or another that is changed by drafts, with where it came from. */
export interface RuleDocument {
  kind: DraftKind;
  /** Id that the document has for itself. */
  id: string;
  version: string | null;
  /** `YYYY-MM-DD`; null for what has no first day. */
  inForceFrom: string | null;
  /** The file that it was read from; null where it was approved here. */
  file: string | null;
  /** Id of the draft that was approved; null for a file. */
  approved: number | null;
  /** As it was written, before defaults were put in: what a person edits. */
  written: Readonly<Record<string, unknown>>;
  /** SHA-256 over {@link written}, whatever the order of members: the same through changes of our software. */
  digest: string;
}

/** A document that a second person approved. */
export interface ApprovedDocument extends RuleDocument {
  approved: number;
  /** Digest of what it was made from. */
  baseDigest: string;
}

/** A ruleset as it was read, with its document. */
export interface ReadRuleset<Origin extends RuleDocument = RuleDocument> {
  parsed: RulesetDocument;
  document: Origin;
}
/** The same of a calendar. */
export interface ReadCalendar<Origin extends RuleDocument = RuleDocument> {
  parsed: CalendarDocument;
  document: Origin;
}

/** What a parsed document says of itself. */
export function identityOf(
  kind: DraftKind,
  parsed: RulesetDocument | CalendarDocument,
): Pick<RuleDocument, 'kind' | 'id' | 'version' | 'inForceFrom'> {
  return 'ruleset' in parsed
    ? { kind, id: parsed.ruleset, version: parsed.version, inForceFrom: parsed.inForceFrom }
    : { kind, id: parsed.calendar, version: parsed.version ?? null, inForceFrom: null };
}
